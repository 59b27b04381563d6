"""What an .xlsx file must be before anything opens it: a small, plain, honest zip of XML without surprises."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence

from lichen.errors import InputError
from lichen.files.draft import Reading
from lichen.language import _

__all__ = ["LARGEST", "vet"]

LARGEST = 5 * 10**6
"""Bytes of the file."""
_MOST_PARTS = 200
_MOST_UNPACKED = 50 * 2**20
_MOST_ELEMENTS, _MOST_BESIDE = 600_000, 50_000
_CELLS = ("xl/worksheets/", "xl/sharedStrings")
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_WANTED = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
_ASTRAY = re.compile(r"^[/\\]|\\|:|\0|(?:^|/)\.\.?(?:/|$)")
_MACROS = re.compile(r"vbaProject|macrosheets", re.IGNORECASE)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OTHER_LETTERS = re.compile(rb"\xff\xfe|\xfe\xff|<?\0|\s*<\?xml[^>]{0,100}encoding=.(?!utf-8|us-ascii)", re.IGNORECASE)


def vet(raw: bytes, reading: Reading) -> None:
    """Refuse a file that is no plain workbook, in the time and memory that an honest one takes.

    Raises:
        InputError: Why not, and what would be right.
    """
    if raw.startswith(_OLE):
        raise _refusal(reading, _("this is an old .xls workbook, or one with a password"))
    if not raw.startswith(_ZIP):
        raise _refusal(reading, _("this is not a workbook"))
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            _vet_directory(package.infolist(), reading)
            _vet_parts(package, reading)
    except InputError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError):
        raise _refusal(reading, _("the workbook is damaged")) from None


def _vet_directory(parts: Sequence[zipfile.ZipInfo], reading: Reading) -> None:
    names = [part.filename for part in parts]
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise _refusal(reading, _("the workbook unpacks to more than an audit has"))
    if any(part.flag_bits & 1 for part in parts):
        raise _refusal(reading, _("the workbook has a password"))
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise _refusal(reading, _("the workbook is packed in an unusual way"))
    if len(set(names)) < len(names) or any(map(_ASTRAY.search, names)):
        raise _refusal(reading, _("the workbook names its parts in a way that could mislead"))
    if any(map(_MACROS.search, names)):
        raise _refusal(reading, _("the workbook has macros"))
    if not set(names) >= _WANTED:
        raise _refusal(reading, _("this is not a workbook"))


def _vet_parts(package: zipfile.ZipFile, reading: Reading) -> None:
    total = 0
    for part in package.infolist():
        with package.open(part) as opened:  # to a limit, for the size in the directory may be a lie
            content = opened.read(part.file_size + 1)
        elements = content.count(b"<") - content.count(b"</")
        total += elements
        if total > _MOST_ELEMENTS or (elements > _MOST_BESIDE and not part.filename.startswith(_CELLS)):
            raise _refusal(reading, _("the workbook has more cells than an audit has"))
        if content.startswith((_ZIP, _OLE)):
            raise _refusal(reading, _("the workbook has another file inside"))
        if _DECLARED.search(content) or _OTHER_LETTERS.match(content):
            raise _refusal(reading, _("the workbook has declarations that no spreadsheet program writes"))
        if part.filename == "[Content_Types].xml" and b"macroenabled" in content.lower():
            raise _refusal(reading, _("the workbook has macros"))


def _refusal(reading: Reading, what: str) -> InputError:
    return reading.refusal(what, _("an .xlsx workbook of at most 5 MB, saved by a spreadsheet program"))
