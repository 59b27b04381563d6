"""Files that mean harm, or that merely do harm: each by its name, made anew for every test."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping

from openpyxl import Workbook

Made = Callable[[], bytes]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def workbook(*, title: str = "Start here", rows: int = 0) -> bytes:
    """A plain workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    sheet.append(["Name of the organisation", "Meadow Action"])
    for row in range(rows):
        sheet.append([f"row {row}"])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def repacked(
    parts: Mapping[str, bytes | None], *, method: int = zipfile.ZIP_DEFLATED, base: bytes | None = None
) -> bytes:
    """A plain workbook with parts put in, exchanged or, where None, taken out."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base or workbook())) as old, zipfile.ZipFile(held, "w", method) as new:
        kept = {name: old.read(name) for name in old.namelist()}
        for name, content in {**kept, **parts}.items():
            if content is not None:
                new.writestr(name, content)
    return held.getvalue()


def sheet_of(cells: str) -> bytes:
    """A sheet's XML with these rows."""
    return f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>".encode()


def with_sheet(cells: str) -> bytes:
    return repacked({SHEET: sheet_of(cells)})


def with_strings(xml: str, cells: str, prologue: str = "") -> bytes:
    """A workbook with shared strings of one's own."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as plain:
        types = plain.read("[Content_Types].xml").decode()
    if "sharedStrings" not in types:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        types = types.replace("</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>')
    strings = f'<?xml version="1.0"?>{prologue}<sst {MAIN}>{xml}</sst>'
    return repacked(
        {
            "[Content_Types].xml": types.encode(),
            "xl/sharedStrings.xml": strings.encode(),
            SHEET: sheet_of(cells),
        }
    )


def with_flag(bit: int) -> bytes:
    """A workbook whose every directory entry bears a flag."""
    raw = bytearray(workbook())
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = raw.find(signature)
        while place >= 0:
            flags = struct.unpack_from("<H", raw, place + offset)[0]
            struct.pack_into("<H", raw, place + offset, flags | bit)
            place = raw.find(signature, place + 4)
    return bytes(raw)


def lying_about_sizes() -> bytes:
    """A bomb of which the directory says that it is small."""
    raw = bytearray(repacked({SHEET: sheet_of(" " * 30_000_000)}))
    place = raw.find(b"PK\x01\x02")
    while place >= 0:
        size = struct.unpack_from("<L", raw, place + 24)[0]
        if size > 1_000_000:
            struct.pack_into("<L", raw, place + 24, 1_000)
        place = raw.find(b"PK\x01\x02", place + 4)
    return bytes(raw)


def with_twice() -> bytes:
    raw = workbook()
    held = io.BytesIO(raw)
    with zipfile.ZipFile(held, "a") as package:
        package.writestr("xl/workbook2.xml", b"<a/>")
        package.writestr("xl/workbook3.xml", b"<b/>")
    return held.getvalue().replace(b"xl/workbook3.xml", b"xl/workbook2.xml")


def named(name: str) -> bytes:
    """A workbook with a part of this name, as the archive spells it."""
    stand_in = "x" * len(name)
    return repacked({stand_in: b"<a/>"}).replace(stand_in.encode(), name.encode())


def relations(target: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook())) as plain:
        rels = plain.read("xl/_rels/workbook.xml.rels").decode()
    return repacked({"xl/_rels/workbook.xml.rels": rels.replace("/xl/worksheets/sheet1.xml", target).encode()})


def many_sheets(count: int) -> bytes:
    book = Workbook()
    for number in range(count):
        book.create_sheet(f"sheet {number}")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def csv_of(*rows: str) -> bytes:
    return "\n".join(("record,id,name,code,severity,words", *rows)).encode()


WORKBOOKS: Mapping[str, Made] = {
    "nothing at all": lambda: b"",
    "only spaces": lambda: b"  \n " * 100,
    "text with the name of a workbook": lambda: b"organisation: {name: x}\n",
    "half a workbook": lambda: workbook()[:3_000],
    "a workbook without its directory": lambda: workbook()[:-22],
    "an old .xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_096),
    "a workbook with a password": lambda: b"\xd0\xcf\x11\xe0" + b"EncryptedPackage" * 100,
    "a zip whose parts have a password": lambda: with_flag(1),
    "a zip of something else": lambda: repacked({"xl/workbook.xml": None, "word/document.xml": b"<w/>"}),
    "no list of types": lambda: repacked({"[Content_Types].xml": None}),
    "five hundred parts": lambda: repacked({f"xl/part{n}.xml": b"<a/>" for n in range(500)}),
    "60 MiB of nothing": lambda: repacked({"xl/big.xml": bytes(60 * 2**20)}),
    "a directory that lies about sizes": lying_about_sizes,
    "more than 5 MB": lambda: repacked({"xl/media/x.bin": bytes(range(256)) * 25_000}, method=zipfile.ZIP_STORED),
    "a billion laughs in a sheet": lambda: repacked({SHEET: LAUGHS.encode() + sheet_of("&i;")}),
    "a billion laughs in the strings": lambda: with_strings("<si><t>&i;</t></si>", "", LAUGHS),
    "an entity from a file": lambda: repacked(
        {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><workbook>&x;</workbook>'}
    ),
    "a doctype in UTF-16": lambda: repacked({SHEET: (LAUGHS + "<worksheet/>").encode("utf-16")}),
    "a doctype in UTF-16 without a mark": lambda: repacked({SHEET: (LAUGHS + "<worksheet/>").encode("utf-16-le")}),
    "letters of another alphabet": lambda: repacked({SHEET: b'<?xml version="1.0" encoding="utf-7"?>' + sheet_of("")}),
    "a zip in the zip": lambda: repacked({"xl/embeddings/inner.bin": workbook()}),
    "a document inside": lambda: repacked({"xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + bytes(512)}),
    "macros": lambda: repacked({"xl/vbaProject.bin": b"Attribute VB_Name"}),
    "macros of the oldest kind": lambda: repacked({"xl/macrosheets/sheet1.xml": b"<a/>"}),
    "the type of a workbook with macros": lambda: repacked(
        {"[Content_Types].xml": b'<Types><Default ContentType="x.sheet.macroEnabled.main+xml"/></Types>'}
    ),
    "a part above the folder": lambda: named("../../../etc/cron.d/x"),
    "a part at the root": lambda: named("/etc/passwd"),
    "a part with backslashes": lambda: named("xl\\..\\..\\x.xml"),
    "a part on a drive": lambda: named("C:/windows/x.xml"),
    "two parts of one name": with_twice,
    "packed by another method": lambda: repacked({}, method=zipfile.ZIP_BZIP2),
    "something before the zip": lambda: b"MZ" + workbook(),
    "one cell at the far corner": lambda: with_sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a cell beyond all columns": lambda: with_sheet('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'),
    "a row that is no number": lambda: with_sheet('<row r="many"><c r="A1"><v>1</v></c></row>'),
    "rows that run backwards": lambda: with_sheet('<row r="9"/><row r="3"><c r="A3"><v>1</v></c></row><row r="-1"/>'),
    "sixty thousand rows": lambda: workbook(rows=60_000),
    "a million cells": lambda: with_sheet('<row r="1">' + "<c><v>1</v></c>" * 1_000_000 + "</row>"),
    "cells without end in one row": lambda: with_sheet("<row>" + "<c/>" * 2_900_000 + "</row>"),
    "a number of many digits": lambda: with_sheet(f'<row r="1"><c r="A1"><v>{"9" * 1_000_000}</v></c></row>'),
    "one long string in every cell": lambda: with_strings(
        f"<si><t>{'a' * 30_000}</t></si>", "<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>"
    ),
    "one long string in many rows": lambda: with_strings(
        f"<si><t>{'a' * 30_000}</t></si>", '<row><c t="s"><v>0</v></c></row>' * 10_000
    ),
    "a cell of a million letters": lambda: with_strings(
        f"<si><t>{'a' * 1_000_000}</t></si>", '<row><c t="s"><v>0</v></c></row>'
    ),
    "half a million strings": lambda: with_strings("<si><t>a</t></si>" * 500_000, ""),
    "a string that is not there": lambda: with_strings("", '<row><c t="s"><v>99</v></c></row>'),
    "a string of a number below nought": lambda: with_strings("", '<row><c t="s"><v>-9</v></c></row>'),
    "a date beyond all days": lambda: with_sheet('<row r="1"><c r="A1" t="d"><v>99999-99-99</v></c></row>'),
    "XML that is none": lambda: repacked({SHEET: b"<worksheet><sheetData><row>"}),
    "XML nested without end": lambda: repacked({SHEET: b"<a>" * 200_000}),
    "a sheet that leads elsewhere": lambda: relations("/../../etc/passwd"),
    "a sheet that is not there": lambda: relations("/xl/worksheets/sheet9.xml"),
    "a sheet that is the book": lambda: relations("/xl/workbook.xml"),
    "forty sheets": lambda: many_sheets(40),
    "no sheet that Lichen knows": lambda: workbook(title="Budget 2026"),
    "a million styles": lambda: repacked(
        {"xl/styles.xml": f"<styleSheet {MAIN}><cellXfs>{'<xf/>' * 1_000_000}</cellXfs></styleSheet>".encode()}
    ),
}

DOCUMENTS: Mapping[str, tuple[str, Made]] = {
    "a billion laughs by aliases": (
        "yaml",
        lambda: b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (n + 1, n + 1, n, n) for n in range(97, 110)),
    ),
    "an object of Python": ("yaml", lambda: b"organisation: !!python/object/apply:os.system ['true']\n"),
    "a tag of one's own": ("yaml", lambda: b"organisation: {name: !secret x}\n"),
    "brackets 200,000 deep": ("yaml", lambda: b"[" * 200_000),
    "braces 200,000 deep": ("yaml", lambda: b"{a: " * 200_000),
    "dashes without end": ("yaml", lambda: b"- " * 200_000),
    "a key twice": ("yaml", lambda: b"organisation: {name: x, name: y}\n"),
    "a key that is a list": ("yaml", lambda: b"? [a, b]\n: c\n"),
    "a merge of keys": ("yaml", lambda: b"a: &a {name: x}\norganisation: {<<: *a}\n"),
    "two documents": ("yaml", lambda: b"organisation: {name: x}\n---\norganisation: {name: y}\n"),
    "a million scalars": ("yaml", lambda: b"[" + b"a," * 1_100_000 + b"]"),
    "6 MB of text": ("yaml", lambda: b"organisation: {name: '" + b"a" * 6_000_000 + b"'}\n"),
    "a quotation mark that never closes": ("yaml", lambda: b"organisation: {name: 'x\n"),
    "tabs for spaces": ("yaml", lambda: b"organisation:\n\tname: x\n"),
    "a bell": ("yaml", lambda: b"organisation: {name: x\x07}\n"),
    "YAML in Latin-1": ("yaml", lambda: "organisation: {name: Zoë}\n".encode("latin-1")),
    "YAML in UTF-16": ("yaml", lambda: "organisation: {name: x}\n".encode("utf-16")),
    "YAML in UTF-16 without a mark": ("yaml", lambda: "organisation: {name: x}\n".encode("utf-16-le")),
    "a comment and nothing else": ("yaml", lambda: b"# later\n"),
    "a word and nothing else": ("yaml", lambda: b"later\n"),
    "lists 200,000 deep": ("json", lambda: b"[" * 200_000),
    "objects 200,000 deep": ("json", lambda: b'{"a":' * 200_000),
    "lists deep in an answer": ("json", lambda: b'{"organisation": {"name": ' + b"[" * 900 + b"]" * 900 + b"}}"),
    "NaN": ("json", lambda: b'{"organisation": {"name": "x"}, "readiness": {"hours": NaN}}'),
    "Infinity": ("json", lambda: b'{"organisation": {"name": "x"}, "readiness": {"hours": -Infinity}}'),
    "more than a float holds": ("json", lambda: b'{"organisation": {"name": "x"}, "readiness": {"hours": 1e999}}'),
    "an endless number": (
        "json",
        lambda: b'{"organisation": {"name": "x"}, "readiness": {"people": ' + b"9" * 1_000_000 + b"}}",
    ),
    "an object with a key twice": ("json", lambda: b'{"organisation": {"name": "x", "name": "y"}}'),
    "six million parts": ("json", lambda: b"[" + b"1," * 6_000_000 + b"1]"),
    "a million organisations of nothing": ("json", lambda: b'{"organisations": [' + b"{}," * 1_000_000 + b"{}]}"),
    "organisations with a million gaps": (
        "json",
        lambda: b'{"organisations": [' + (b'{"vulnerabilities": [' + b"{}," * 1_000 + b"{}]},") * 1_000 + b"{}]}",
    ),
    "a million answers nobody asked for": (
        "json",
        lambda: b'{"organisation": {"name": "x"}' + b"".join(b',"k%d":0' % n for n in range(1_000_000)) + b"}",
    ),
    "a thousand answers nobody asked for": (
        "json",
        lambda: b'{"organisation": {"name": "x"}' + b"".join(b',"k%d":0' % n for n in range(1_000)) + b"}",
    ),
    "half a character": ("json", lambda: b'{"organisation": {"name": "\\ud800"}}'),
    "a character that ends strings elsewhere": ("json", lambda: b'{"organisation": {"name": "a\\u0000b"}}'),
    "a sequence for a terminal": ("json", lambda: b'{"organisation": {"name": "\\u001b[2J"}}'),
    "half a document": ("json", lambda: b'{"organisation": {"name": "x"'),
    "a list for everything": (
        "json",
        lambda: json.dumps({"organisation": [], "vulnerabilities": {}, "offers": 3}).encode(),
    ),
    "an answer of the wrong kind everywhere": (
        "json",
        lambda: json.dumps(
            {
                "organisation": {"id": [1], "name": {"a": 1}, "sector": 7, "country": True, "size": ["large"]},
                "readiness": "yes",
                "vulnerabilities": [{"code": ["x"], "severity": {}, "rank": "first", "source": [1]}, 3, None],
                "offers": [{"code": True, "kinds": [["x"]], "source": {"name": 1}}],
            }
        ).encode(),
    ),
    "a format from the future": ("json", lambda: b'{"lichen": "audit/9", "organisation": {"name": "x"}}'),
    "JSON with bytes that are no text": ("json", lambda: b'{"organisation": {"name": "\xff\xfe"}}'),
    "a field of 200,000 letters": ("csv", lambda: csv_of("organisation,x," + "a" * 200_000)),
    "a field that never ends": ("csv", lambda: csv_of('organisation,x,"' + "a\n" * 100_000)),
    "a quotation mark inside": ("csv", lambda: csv_of('organisation,x,"a"b"')),
    "bytes of nought": ("csv", lambda: csv_of("organisation,x,a\0b")),
    "CSV in UTF-16": ("csv", lambda: csv_of("organisation,x,y").decode().encode("utf-16")),
    "CSV in Latin-1": ("csv", lambda: csv_of("organisation,x,Zoë").decode().encode("latin-1")),
    "rows longer than the headings": ("csv", lambda: csv_of("organisation,x,one, two, three, four, five, six")),
    "a thousand columns": ("csv", lambda: ",".join(f"column {n}" for n in range(1_000)).encode() + b"\n"),
    "three hundred thousand rows": ("csv", lambda: csv_of(*["gap,,,,,x"] * 300_000)),
    "a thousand wrong rows": ("csv", lambda: csv_of(*[f"gap,,,no such thing {n},9,x" for n in range(1_000)])),
    "headings of something else": ("csv", lambda: b"Date,Amount\n2026-01-01,5\n"),
    "a picture": ("csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    "a row for nobody": ("csv", lambda: csv_of("organisation,x,y", "organisation,z,w", "gap,,,ops.logistics,3,")),
}

HOSTILE: Mapping[str, tuple[str, Made]] = {name: ("xlsx", made) for name, made in WORKBOOKS.items()} | DOCUMENTS

SLOW = frozenset(
    {
        "sixty thousand rows",
        "three hundred thousand rows",
        "a million scalars",
        "organisations with a million gaps",
        "a million answers nobody asked for",
    }
)
"""Those that take seconds; each has a smaller sibling that does not."""
