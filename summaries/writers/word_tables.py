"""Tables of an official document: attachments that repeat their head, and the imprint."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import ceil

from summaries.writers.document import (
    Cell,
    Column,
    ColumnKind,
    Imprint,
    LinkedCell,
    Table,
    cell_value,
)
from summaries.writers.table_layout import cell_text, share_width
from summaries.writers.word_pages import LEFT, TEXT_WIDTH
from summaries.writers.word_styles import FOOT_SIZE, IMPRINT_LINE, TABLE_SIZE, indent
from summaries.writers.word_xml import (
    Attributes,
    Element,
    borders,
    element,
    flag,
    paragraph,
    run,
    text_paragraph,
)
from summaries.writers.wording import chinese_date, clean_line, display_width

# A cell's rows_url → the link around its words, or the words alone when the address is of no use.
Linker = Callable[[str, Element], Element]

_ROW_HEIGHT = 454  # twips: 8 mm, room to read and to write a correction
_THICK, _THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm lines of the imprint, 7.4.1
_DATE_WIDTH = 3300  # twips: 2024年12月31日印发 with its indent
_STYLES = {
    ColumnKind.TEXT: "TableText",
    ColumnKind.CODE: "TableCentre",
    ColumnKind.DATE: "TableCentre",
    ColumnKind.NUMBER: "TableNumber",
}


def characters_across(width: int) -> float:
    """How many characters of the table's size fit into so many twips."""
    return width / (TABLE_SIZE * 20)


def attachment_table(
    table: Table, width: int, link: Linker, bookmarks: Sequence[str] = ()
) -> Element:
    """Make the table of an attachment; `bookmarks` names the rows that figures point to."""
    widths = share_width(table, width, characters_across(width))
    made = _frame("OfficialTable", widths)
    made.append(_head(table.columns, widths))
    for number, line in enumerate(table.rows):
        cells = [
            _cell(cell, column, size, link)
            for cell, column, size in zip(line, table.columns, widths, strict=True)
        ]
        if number < len(bookmarks):
            _mark(cells[0], bookmarks[number], number)
        made.append(_row(cells))
    if table.total is not None:
        made.append(_row(_total_cells(table, table.total, widths)))
    return made


def imprint_blocks(imprint: Imprint) -> tuple[Element, Element]:
    """Make the 版记 at the foot of the last page, and the paragraph that holds it there.

    That paragraph is as tall as the table: where both do not fit, they go to a page of their own
    together instead of pushing the lines above them away.
    """
    lines = list(_distribution_rows(imprint))
    lines.append(_printer_row(imprint))
    if imprint.copies is not None:
        lines.append([_imprint_cell(f"共印{imprint.copies}份", TEXT_WIDTH, span=2, align="right")])
    made = _frame("NormalTable", [TEXT_WIDTH - _DATE_WIDTH, _DATE_WIDTH], floating=True)
    for number, cells in enumerate(lines):
        first, last = number == 0, number == len(lines) - 1
        for cell in cells:
            _rule(cell, top=_THICK if first else _THIN, bottom=_THICK if last else _THIN)
        made.append(element("w:tr", None, element("w:trPr", None, flag("w:cantSplit")), *cells))
    height = _imprint_lines(imprint) * IMPRINT_LINE
    room = element("w:spacing", {"w:line": height, "w:lineRule": "exact"})
    return made, paragraph("Seam", (), (room,))


def _imprint_lines(imprint: Imprint) -> int:
    characters = TEXT_WIDTH / (FOOT_SIZE * 20) - 2
    units = (display_width(f"{copy.label}：{copy.units}。") for copy in imprint.distributions)
    return sum(ceil(width / characters) for width in units) + 1 + (imprint.copies is not None)


def _frame(style: str, widths: Sequence[int], *, floating: bool = False) -> Element:
    properties = element("w:tblPr", None, element("w:tblStyle", {"w:val": style}))
    if floating:
        properties.append(_at_the_foot())
    properties.append(element("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}))
    if not floating:
        properties.append(element("w:jc", {"w:val": "center"}))
    properties.append(element("w:tblLayout", {"w:type": "fixed"}))
    grid = element("w:tblGrid", None, *(element("w:gridCol", {"w:w": size}) for size in widths))
    return element("w:tbl", None, properties, grid)


def _at_the_foot() -> Element:
    place: Attributes = {
        "w:leftFromText": 0,
        "w:rightFromText": 0,
        "w:vertAnchor": "margin",
        # From the page, not the margin: else LibreOffice before 7.6 lets no full-width table float.
        "w:horzAnchor": "page",
        "w:tblpX": LEFT,
        "w:tblpYSpec": "bottom",
    }
    return element("w:tblpPr", place)


def _head(columns: Sequence[Column], widths: Sequence[int]) -> Element:
    cells = [
        _box(size, text_paragraph("TableHead", clean_line(column.title)))
        for column, size in zip(columns, widths, strict=True)
    ]
    return _row(cells, repeated=True)


def _row(cells: Iterable[Element], *, repeated: bool = False) -> Element:
    properties = element(
        "w:trPr",
        None,
        flag("w:cantSplit"),
        element("w:trHeight", {"w:val": _ROW_HEIGHT, "w:hRule": "atLeast"}),
    )
    if repeated:
        properties.append(flag("w:tblHeader"))
    return element("w:tr", None, properties, *cells)


def _cell(cell: Cell, column: Column, width: int, link: Linker) -> Element:
    text = cell_text(cell_value(cell), column)
    if not text:
        return _box(width, paragraph(_STYLES[column.kind]))
    words = run(text)
    content = link(cell.rows_url, words) if isinstance(cell, LinkedCell) else words
    return _box(width, paragraph(_STYLES[column.kind], (content,)))


def _total_cells(table: Table, total: Sequence[Cell], widths: Sequence[int]) -> Iterator[Element]:
    for cell, column, width in zip(total, table.columns, widths, strict=True):
        text = cell_text(cell_value(cell), column) if cell_value(cell) is not None else ""
        words = (run(text, "TableTotal"),) if text else ()
        yield _box(width, paragraph(_STYLES[column.kind], words))


def _box(width: int, content: Element, *, span: int = 1, align: str = "center") -> Element:
    properties = element("w:tcPr", None, element("w:tcW", {"w:w": width, "w:type": "dxa"}))
    if span > 1:
        properties.append(element("w:gridSpan", {"w:val": span}))
    properties.append(element("w:vAlign", {"w:val": align}))
    return element("w:tc", None, properties, content)


def _mark(cell: Element, name: str, number: int) -> None:
    """Put a bookmark around the words of a cell: the place a figure in the text points to."""
    words = cell.find(element("w:p").tag)
    assert words is not None  # every cell is made with its paragraph
    words.insert(1, element("w:bookmarkStart", {"w:id": number, "w:name": name}))
    words.append(element("w:bookmarkEnd", {"w:id": number}))


def _distribution_rows(imprint: Imprint) -> Iterator[list[Element]]:
    for copy in imprint.distributions:
        label = f"{clean_line(copy.label)}："
        text = f"{label}{clean_line(copy.units)}。"
        # Further lines stand under the first unit, after the colon (7.4.2).
        width = display_width(label)
        hanging = indent(left=1 + width, right=1, hanging=width, size=FOOT_SIZE)
        yield [_box(TEXT_WIDTH, text_paragraph("Imprint", text, hanging), span=2)]


def _printer_row(imprint: Imprint) -> list[Element]:
    printed_on = f"{chinese_date(imprint.printed_on)}印发"
    return [
        _imprint_cell(clean_line(imprint.printed_by), TEXT_WIDTH - _DATE_WIDTH),
        _imprint_cell(printed_on, _DATE_WIDTH, align="right"),
    ]


def _imprint_cell(text: str, width: int, *, span: int = 1, align: str = "left") -> Element:
    aligned = element("w:jc", {"w:val": align})
    return _box(width, text_paragraph("Imprint", text, aligned), span=span)


def _rule(cell: Element, *, top: int, bottom: int) -> None:
    properties = cell[0]
    properties.insert(len(properties) - 1, borders("w:tcBorders", {"top": top, "bottom": bottom}))
