"""What is taken from others is what was written down about it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import lichen_web.pages

VENDOR = Path(lichen_web.pages.__file__).parent / "static" / "vendor"
WRITTEN = json.loads((VENDOR / "vendored.json").read_text(encoding="utf-8"))


def test_every_file_is_written_down_with_its_hash():
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}
    found.pop("vendored.json")
    assert found == {each["file"]: each["sha256"] for each in WRITTEN}


def test_every_file_has_its_licence_beside_it():
    assert [(each["package"], each["version"], each["licence"]) for each in WRITTEN] == [
        ("@picocss/pico", "2.1.1", "MIT")
    ]
    assert all("Permission is hereby granted" in each["licence_text"] for each in WRITTEN)


def test_no_file_asks_for_another():
    assert [path.name for path in VENDOR.glob("*.css") if "sourceMappingURL" in path.read_text(encoding="utf-8")] == []
