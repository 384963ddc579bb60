"""Hostile files: each a name, its bytes, and what must be said of it ("" for read right)."""

import codecs
import random
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.imports.samples import packages as p
from tests.imports.samples.binary import compound, xls
from tests.imports.samples.writers import Sheet, delimited, xlsx, zipped

Content = Callable[[], bytes]


@dataclass(frozen=True)
class Hostile:
    """A hostile file. ``rows``: the rows to be read when it is read; ``code``: the refusal."""

    name: str
    content: Content
    code: str = ""
    rows: tuple[int, ...] | None = None
    notice: str = ""


def _bomb(block: bytes, name: str = p.STRINGS, before: bytes = b"", after: bytes = b"") -> bytes:
    times = (1 << 30) // len(block)
    return p.raw_package(
        {name: p.Squeezed(b"", 0) if not times else _quick(before, block, times, after)}
    )


def _quick(before: bytes, block: bytes, times: int, after: bytes) -> p.Squeezed:
    """A gigabyte whose checksum nobody will live to compare."""
    small = p.squeezed(before, block, 1, after)
    middle = p._flushed(block)
    body = small.body[: len(p._flushed(before))] + middle * times
    return p.Squeezed(body, len(before) + len(block) * times + len(after))


def bomb_of_one_string() -> bytes:
    return _bomb(b"A" * (1 << 20), before=f"<sst {p.MAIN}><si><t>".encode())


def bomb_of_many_strings() -> bytes:
    return _bomb(b"<si><t>A</t></si>" * 60_000, before=f"<sst {p.MAIN}>".encode())


def bomb_of_rows() -> bytes:
    return _bomb(b"<row><c><v>1</v></c></row>" * 40_000, p.SHEET)


def bomb_that_lies() -> bytes:
    bomb = p.squeezed(b"<sst><si><t>", b"A" * (1 << 20), 64, b"</t></si></sst>")
    return p.raw_package({p.STRINGS: bomb}, {p.STRINGS: 1000})


def bomb_of_members() -> bytes:
    return zipped(p.parts({f"xl/media/{n}.txt": b"" for n in range(5_000)}))


def bomb_of_overlaps() -> bytes:
    whole = p.raw_package({"xl/media/k.bin": p.squeezed(b"", b"\0" * (1 << 20), 2, b"")})
    end = whole.rindex(b"PK\5\6")
    directory = whole.index(b"PK\1\2")
    entry = whole[whole.rindex(b"PK\1\2") : end]
    listed = whole[directory:end] + entry * 200
    count = len(p.parts()) + 201
    closing = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(listed), directory, 0)
    return whole[:directory] + listed + closing


def _laughs(root: str) -> tuple[str, str]:
    entities = ['<!ENTITY l0 "lolololol">'] + [
        f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10)
    ]
    return f"<!DOCTYPE {root} [{''.join(entities)}]>", "&l9;"


def billion_laughs_in(part: str) -> Content:
    def build() -> bytes:
        root = {p.STRINGS: "sst", p.BOOK: "workbook", p.SHEET: "worksheet"}[part]
        doctype, bomb = _laughs(root)
        body = (
            str(p.parts()[part])
            .replace("企业名称", bomb)
            .replace('name="Sheet1"', f'name="{bomb}"')
        )
        return p.package({part: body.replace(f"<{root}", f"{doctype}<{root}", 1)})

    return build


def billion_laughs_in_utf16() -> bytes:
    doctype, bomb = _laughs("sst")
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    return p.package(
        {p.STRINGS: f"{head}{doctype}<sst {p.MAIN}><si><t>{bomb}</t></si></sst>".encode("utf-16")}
    )


def doctype(declaration: str) -> Content:
    def build() -> bytes:
        body = f"{p.HEAD}<!DOCTYPE sst {declaration}><sst {p.MAIN}><si><t>&x;</t></si></sst>"
        return p.package({p.STRINGS: body})

    return build


def _sheet(body: str, dimension: str = "", after: str = "") -> Content:
    return lambda: p.package({p.SHEET: p.sheet(p.HEADER_ROW + body, dimension, after)})


def _record(number: int) -> str:
    return f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>甲公司</t></is></c></row>'


def formatted_to_the_last_row() -> bytes:
    rows = b'<row><c s="1"/><c s="1"/><c s="1"/></row>' * 4096
    start = p.sheet(p.HEADER_ROW + _record(2)).encode().split(b"</sheetData>")
    return p.raw_package({p.SHEET: p.squeezed(start[0], rows, 255, b"</sheetData></worksheet>")})


def wide_rows() -> bytes:
    return xlsx(Sheet("Sheet1", [list(range(400))] * 30))


def row_along_the_edge() -> bytes:
    rows = "".join(f'<row r="{r}"><c r="XFD{r}"><v>1</v></c></row>' for r in range(2, 3000))
    return p.package({p.SHEET: p.sheet(p.HEADER_ROW + rows, "A1:XFD1048576")})


def many_merges() -> bytes:
    merges = "".join(f'<mergeCell ref="A{2 * i + 3}:B{2 * i + 4}"/>' for i in range(100_000))
    return _sheet(_record(2), after=f"<mergeCells>{merges}</mergeCells>")()


def many_sheets() -> bytes:
    names = [f"s{i}" for i in range(2000)]
    listed = [(f"rId{i}", "worksheet", "worksheets/sheet1.xml") for i in range(1, 2001)]
    return p.package({p.BOOK: p.workbook(names), p.BOOK_RELATIONS: p.relations(*listed)})


def counted_strings() -> bytes:
    body = p.strings("企业名称", "统一社会信用代码").replace(
        'uniqueCount="2"', 'uniqueCount="4294967295"'
    )
    return p.package({p.STRINGS: body, p.SHEET: p.sheet(p.HEADER_ROW + _record(2))})


def long_cell() -> bytes:
    text = f"{p.HEAD}<sst {p.MAIN}><si><t>".encode()
    long = p.squeezed(text, "企".encode() * 10_000, 100, b"</t></si><si><t>b</t></si></sst>")
    return p.raw_package({p.STRINGS: long})


def good() -> bytes:
    rows = [["企业名称", "统一社会信用代码"], *[[f"上海示例{i}号有限公司", ""] for i in range(300)]]
    return xlsx(Sheet("Sheet1", rows))


def xml_table_with_laughs() -> bytes:
    doctype, bomb = _laughs("Workbook")
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return f'<?xml version="1.0"?>{doctype}<Workbook xmlns="{space}">{bomb}</Workbook>'.encode()


def cut(share: float) -> Content:
    return lambda: good()[: int(len(good()) * share)]


def rotten() -> bytes:
    body, chosen = bytearray(good()), random.Random(7)
    for _ in range(20):
        body[chosen.randrange(len(body) // 4, len(body) // 2)] ^= 0xFF
    return bytes(body)


def duplicate_members() -> bytes:
    whole = p.package()
    return whole.replace(b"xl/styles.xml", b"XL/workbook.xml"[:13].ljust(13, b"l"))


def traversal(name: str) -> Content:
    return lambda: p.package({name: b"x"})


def with_macros() -> bytes:
    return p.package(
        {"xl/vbaProject.bin": b"\1" * 100, p.SHEET: p.sheet(p.HEADER_ROW + _record(2))}
    )


def old_with_macros() -> bytes:
    return xls(Sheet("名册", [["企业名称"], ["甲公司"]]), vba=True)


def old_with_password() -> bytes:
    return xls(Sheet("名册", [["企业名称"], ["甲公司"]]), locked=True)


def external_link() -> bytes:
    body = str(p.parts()[p.BOOK_RELATIONS]).replace(
        "</Relationships>",
        '<Relationship Id="rId8" Type="x/externalLink" Target="http://127.0.0.1:9/x.xlsx"'
        ' TargetMode="External"/></Relationships>',
    )
    return p.package({p.BOOK_RELATIONS: body, p.SHEET: p.sheet(p.HEADER_ROW + _record(2))})


_FULL_CELL = (
    '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
    "<text:p>x</text:p></table:table-cell>"
)


def encrypted() -> bytes:
    return compound([(("EncryptionInfo",), b"\4\0\4\0"), (("EncryptedPackage",), b"\x10" * 5000)])


def old_with_huge_table(offset: int) -> Content:
    def build() -> bytes:
        body = bytearray(xls(Sheet("名册", [["企业名称"], ["甲公司"]])))
        body[offset : offset + 4] = b"\xff\xff\xff\x7f"
        return bytes(body)

    return build


HEADER = ["企业名称", "统一社会信用代码", "注册资本(万元)", "联系电话", "备注"]
RECORD = ["上海华新测试有限公司", "", "-500", "13800000000", "正常"]
TABLE = [HEADER, *[RECORD] * 200]
ALL_ROWS = tuple(range(2, 202))


def text(encoding: str, end: str = "\n") -> Content:
    return lambda: delimited(TABLE, encoding=encoding, end=end)


def _after_header(body: bytes) -> Content:
    return lambda: delimited([HEADER]) + body


PACKAGES = [
    Hostile("bomb_one.xlsx", bomb_of_one_string, "unpacked_too_big"),
    Hostile("bomb_many.xlsx", bomb_of_many_strings, "unpacked_too_big"),
    Hostile("bomb_rows.xlsx", bomb_of_rows, "unpacked_too_big"),
    Hostile("bomb_lies.xlsx", bomb_that_lies, "damaged"),
    Hostile("bomb_members.xlsx", bomb_of_members, "not_a_sheet"),
    Hostile("bomb_overlap.xlsx", bomb_of_overlaps, "not_a_sheet"),
    Hostile("laughs_strings.xlsx", billion_laughs_in(p.STRINGS), "forbidden_content"),
    Hostile("laughs_book.xlsx", billion_laughs_in(p.BOOK), "forbidden_content"),
    Hostile("laughs_sheet.xlsx", billion_laughs_in(p.SHEET), "forbidden_content"),
    Hostile("laughs_utf16.xlsx", billion_laughs_in_utf16, "forbidden_content"),
    Hostile("xxe.xlsx", doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]'), "forbidden_content"),
    Hostile("dtd.xlsx", doctype('SYSTEM "http://127.0.0.1:9/x.dtd"'), "forbidden_content"),
    Hostile("external_link.xlsx", external_link, rows=(2,)),
    Hostile("formatted_down.xlsx", formatted_to_the_last_row, rows=(2,)),
    Hostile("wide.xlsx", wide_rows, "too_many_columns"),
    Hostile(
        "corner.xlsx",
        _sheet(_record(2) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        rows=(2,),
        notice="stray_cell",
    ),
    Hostile("edge.xlsx", row_along_the_edge, "too_many_columns"),
    Hostile("dimension_small.xlsx", _sheet(_record(2) + _record(3), "A1"), rows=(2, 3)),
    Hostile("dimension_big.xlsx", _sheet(_record(2), "A1:XFD1048576"), rows=(2,)),
    Hostile(
        "row_4e9.xlsx",
        _sheet(_record(2) + '<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'),
        rows=(2,),
        notice="stray_cell",
    ),
    Hostile(
        "reference.xlsx",
        lambda: p.package({p.SHEET: p.sheet('<row r="1"><c r="AAAAAAA1"><v>1</v></c></row>')}),
        "range_out_of_bounds",
    ),
    Hostile("counted_strings.xlsx", counted_strings, rows=(2,)),
    Hostile(
        "string_index.xlsx", _sheet('<row r="2"><c r="A2" t="s"><v>99999</v></c></row>'), "damaged"
    ),
    Hostile("merges.xlsx", many_merges, rows=(2,)),
    Hostile(
        "giant_merge.xlsx",
        _sheet(_record(2), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        rows=(2,),
    ),
    Hostile("sheets.xlsx", many_sheets, "too_many_sheets"),
    Hostile("long_cell.xlsx", long_cell, "cell_too_long"),
    *[Hostile(f"cut_{n:02}.xlsx", cut(n / 100), "incomplete") for n in (1, 10, 50, 90, 99)],
    Hostile("rotten.xlsx", rotten, "damaged"),
    Hostile("traversal.xlsx", traversal("../../../tmp/evil.txt"), "not_a_sheet"),
    Hostile("absolute.xlsx", traversal("/etc/cron.d/evil"), "not_a_sheet"),
    Hostile("drive.xlsx", traversal("C:\\evil.txt"), "not_a_sheet"),
    Hostile("same_name.xlsx", traversal("XL/Workbook.xml"), "not_a_sheet"),
    Hostile("macro.xlsm", with_macros, rows=(2,), notice="macros"),
    Hostile("macro_renamed.xlsx", with_macros, rows=(2,), notice="macros"),
    Hostile("macro.xls", old_with_macros, rows=(2,), notice="macros"),
    Hostile("encrypted.xlsx", encrypted, "encrypted"),
    Hostile("locked.xls", old_with_password, "encrypted"),
    Hostile("half.xls", lambda: old_with_macros()[:3000], "incomplete"),
    Hostile("table_4e9.xls", old_with_huge_table(44), rows=(2,)),
    Hostile("chain_4e9.xls", old_with_huge_table(72), "incomplete"),
]

OTHERS = [
    Hostile("empty.xlsx", lambda: b"", "empty_file"),
    Hostile(
        "full.ods",
        p.open_document(
            f'<table:table-row table:number-rows-repeated="1048000">{_FULL_CELL}</table:table-row>'
        ),
        "unreadable",
    ),
    Hostile(
        "blank_down.ods",
        p.open_document(
            '<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        ),
        rows=(2,),
    ),
    Hostile("nested.xls", lambda: b"<html>" + b"<table><tr><td>" * 50_000, "web_page"),
    Hostile("magic.xlsx", lambda: b"PK\3\4", "incomplete"),
    Hostile(
        "page.xls",
        "<html><body><table><tr><td>企业名称</td></tr></table>".encode,
        "web_page",
    ),
    Hostile("no_table.xls", lambda: b"<html><body>hello</body></html>", "web_page"),
    Hostile(
        "text.xlsx", partial("企业名称,统一社会信用代码\n甲公司,\n".encode, "gb18030"), rows=(2,)
    ),
    Hostile("paper.xlsx", lambda: b"%PDF-1.7\n", "other_kind"),
    Hostile("program.xlsx", lambda: b"MZ" + bytes(2048), "other_kind"),
    Hostile("picture.xls", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "other_kind"),
    Hostile(
        "letter.xlsx",
        lambda: zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}),
        "other_kind",
    ),
    Hostile("polyglot.xlsx", lambda: b"<script>alert(1)</script>" + good(), "not_csv"),
    *[
        Hostile(f"text_{e}.csv", text(e), rows=ALL_ROWS)
        for e in ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be")
    ],
    Hostile("two_marks.csv", lambda: codecs.BOM_UTF8 * 2 + text("utf-8")(), rows=ALL_ROWS),
    Hostile("carriage_returns.csv", text("gbk", "\r"), rows=ALL_ROWS),
    Hostile("mixed.csv", lambda: text("utf-8")() + text("gbk")(), "mixed_encodings"),
    Hostile("mixed_the_other_way.csv", lambda: text("gbk")() + text("utf-8")(), "mixed_encodings"),
    Hostile(
        "four_bytes.csv",
        lambda: delimited(
            [HEADER, *[["上海𠮷㐀䶮有限公司", "", "1", "", "𪚥😀"]] * 50], encoding="gb18030"
        ),
        rows=tuple(range(2, 52)),
    ),
    Hostile("cut_character.csv", lambda: text("gbk")()[:-2], "incomplete"),
    Hostile("surrogate.csv", _after_header(b"\xed\xa0\x80\xed\xb0\x80,x\n"), "undecodable"),
    Hostile("overlong.csv", _after_header(b"\xc0\xaf\xc0\xae,x\n"), "undecodable"),
    Hostile("zeros.csv", lambda: bytes(1 << 20), "not_csv"),
    Hostile("noise.csv", lambda: random.Random(1).randbytes(1 << 20), "not_csv"),
    Hostile("zero_inside.csv", _after_header("上海\0华新,,1,,x\n".encode()), rows=(2,)),
    Hostile("open_quote.csv", _after_header(b'"' + b"a,b,c,d,e\n" * 200_000), "line_too_long"),
    Hostile("long_line.csv", lambda: b"a" * (5 << 20), "line_too_long"),
    Hostile("too_big.csv", lambda: b"a" * (21 << 20), "file_too_big"),
    Hostile("columns.csv", lambda: b"1," * 400 + b"\n" + b"1," * 400, "too_many_columns"),
    Hostile("commas.csv", lambda: b"," * 1_000_000 + b"\n" + b"1," * 1_000_000, "line_too_long"),
    Hostile("quotes.csv", lambda: b'"' * (5 << 20), "line_too_long"),
    Hostile("blank_lines.csv", lambda: b"\r\n" * 2_000_000, "nothing_inside"),
    Hostile(
        "rows.csv",
        lambda: "企业名称,备注\n".encode() + "甲公司,1\n".encode() * 100_300,
        "too_many_rows",
    ),
    Hostile(
        "mixed_delimiters.csv",
        "企业名称;信用代码\n甲;1\n乙\t2\n丙,3\n".encode,
        rows=(2, 3, 4),
    ),
    Hostile("wide_comma.csv", partial("企业名称，信用代码\n甲公司，1\n".encode, "gbk"), rows=(2,)),
    Hostile(
        "xml_bomb.xls",
        xml_table_with_laughs,
        "forbidden_content",
    ),
]
