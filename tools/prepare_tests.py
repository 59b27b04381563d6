"""Install what some tests need beside Python: a browser, a database server, the proxy that ends TLS, systemd.

With apt where that may be done, that is as root on Debian; elsewhere it says what is missing, and the tests that need
it are skipped. With ``CI=true`` nothing may be missing.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

NEEDED: Mapping[str, Callable[[], bool]] = {
    "chromium": lambda: shutil.which("chromium") is not None,
    "libpangoft2-1.0-0": lambda: ctypes.util.find_library("pangoft2-1.0") is not None,
    "caddy": lambda: shutil.which("caddy") is not None,
    "postgresql": lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb") is not None,
    "systemd": lambda: shutil.which("systemd-analyze") is not None,
}
"""The package of Debian, and whether what it brings is there."""


def main() -> int:
    """Install what is missing, or name it."""
    wanted = missing()
    if wanted and Path("/usr/bin/apt-get").exists() and os.geteuid() == 0:
        install(wanted)
        wanted = missing()
    for package in wanted:
        print(f"{package} is missing: the tests that need it are skipped.", file=sys.stderr)
    return 1 if wanted and os.environ.get("CI") == "true" else 0


def missing() -> list[str]:
    """The packages that are not there."""
    return [package for package, is_there in NEEDED.items() if not is_there()]


def install(packages: list[str]) -> None:
    """Fetch them with apt; what goes wrong shows in its own words, and in what is still missing."""
    print(f"Installing {', '.join(packages)} ...", flush=True)
    unasked = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(["/usr/bin/apt-get", "--quiet", *words], env=unasked, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
