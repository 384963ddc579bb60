"""Hand-made .xlsx packages: every part can be replaced, and zips can lie."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.imports.samples.writers import Sheet, ods, zipped

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STRINGS = "xl/sharedStrings.xml"
SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
HEADER_ROW = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'


def relations(*listed: tuple[str, str, str]) -> str:
    """A relationships part: (id, last word of the type, target) each."""
    items = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in listed
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def workbook(names: list[str]) -> str:
    """A workbook part that lists these sheets as rId1, rId2 …"""
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(names, 1)
    )
    return f'{HEAD}<workbook {MAIN} xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def sheet(body: str, dimension: str = "", after: str = "") -> str:
    """A worksheet part with these rows."""
    claimed = f'<dimension ref="{dimension}"/>' if dimension else ""
    return f"{HEAD}<worksheet {MAIN}>{claimed}<sheetData>{body}</sheetData>{after}</worksheet>"


def strings(*texts: str) -> str:
    """A shared strings part."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'{HEAD}<sst {MAIN} count="{len(texts)}" uniqueCount="{len(texts)}">{items}</sst>'


def parts(changed: Mapping[str, str | bytes] | None = None) -> dict[str, str | bytes]:
    """The parts of a small good workbook, some replaced or added."""
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="{_KIND}.{kind}+xml"/>'
        for name, kind in ((BOOK, "sheet.main"), (SHEET, "worksheet"), (STRINGS, "sharedStrings"))
    )
    relation_kind = "application/vnd.openxmlformats-package.relationships+xml"
    return {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{relation_kind}"/>{kinds}</Types>'
        ),
        "_rels/.rels": relations(("rId1", "officeDocument", BOOK)),
        BOOK: workbook(["Sheet1"]),
        BOOK_RELATIONS: relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        "xl/styles.xml": (
            f'{HEAD}<styleSheet {MAIN}><cellXfs count="2"><xf numFmtId="0"/>'
            '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
        ),
        STRINGS: strings("企业名称", "统一社会信用代码"),
        SHEET: sheet(HEADER_ROW),
        **(changed or {}),
    }


def package(changed: Mapping[str, str | bytes] | None = None) -> bytes:
    """The small workbook with some parts replaced."""
    return zipped(parts(changed))


@dataclass(frozen=True)
class Squeezed:
    """A member's deflated bytes and the size it unpacks to, made without unpacking it."""

    body: bytes
    size: int
    checksum: int = 0


def squeezed(before: bytes, block: bytes, times: int, after: bytes) -> Squeezed:
    """``before`` + ``block`` × ``times`` + ``after``, deflated by repeating one deflated block."""
    first, middle, last = (_flushed(part) for part in (before, block, after))
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    checksum = zlib.crc32(before)
    for _ in range(times):
        checksum = zlib.crc32(block, checksum)
    size = len(before) + len(block) * times + len(after)
    return Squeezed(first + middle * times + last + end, size, zlib.crc32(after, checksum))


def _flushed(part: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)


def raw_package(changed: Mapping[str, Squeezed], claimed: Mapping[str, int] | None = None) -> bytes:
    """The small workbook with squeezed members; ``claimed`` sizes are written instead of true."""
    members: dict[str, Squeezed] = {}
    for name, body in parts().items():
        plain = body.encode() if isinstance(body, str) else body
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        deflated = packer.compress(plain) + packer.flush()
        members[name] = Squeezed(deflated, len(plain), zlib.crc32(plain))
    members.update(changed)
    claims = {name: member.size for name, member in members.items()} | dict(claimed or {})
    body, directory = b"", b""
    for name, member in members.items():
        sizes = (member.checksum, len(member.body), claims[name], len(name), 0)
        directory += struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, *sizes, 0, 0, 0, 0, len(body)
        )
        directory += name.encode()
        body += (
            struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, *sizes)
            + name.encode()
            + member.body
        )
    end = (0, 0, len(members), len(members), len(directory), len(body), 0)
    return body + directory + struct.pack("<4s4H2IH", b"PK\5\6", *end)


def open_document(rows: str) -> Callable[[], bytes]:
    """An OpenDocument sheet with such rows after a record."""

    def build() -> bytes:
        good = ods(Sheet("Sheet1", [["企业名称", "备注"], ["甲公司", "1"]]))
        with zipfile.ZipFile(io.BytesIO(good)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        parts["content.xml"] = parts["content.xml"].replace(
            b"</table:table>", rows.encode() + b"</table:table>"
        )
        return zipped(parts)

    return build
