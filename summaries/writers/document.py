"""What a periodic summary says, before any file format: the content all writers and pages share."""

import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from typing import TypeGuard

from summaries.writers.wording import (
    NO_VALUE,
    Number,
    chinese_moment,
    format_number,
    heading_number,
)

DEEPEST_LEVEL = 4  # 一、（一）1.（1）: the standard knows no fifth


class UnwritableDocument(ValueError):
    """The content contradicts itself; `code` is for programs, the text for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class TextRun:
    """Words without a figure."""

    text: str


@dataclass(frozen=True, slots=True)
class FigureRun:
    """A number in a sentence that can be followed to the rows it counts."""

    key: str
    text: str
    rows_url: str = ""


Run = TextRun | FigureRun


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of words and figures."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its paragraphs and the sections below it.

    The level follows from the depth. The first two levels need a heading; a third or fourth level
    without one puts its number before the first paragraph.
    """

    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure the document used: one entry of its list of sources. `None` is "no data"."""

    key: str
    title: str
    value: Number | None
    unit: str
    definition: str
    rows_url: str = ""

    @property
    def text(self) -> str:
        return NO_VALUE if self.value is None else format_number(self.value)

    def as_run(self, text: str = "") -> FigureRun:
        """The figure inside a sentence, by its value or in the given words (十二)."""
        return FigureRun(self.key, text or self.text, self.rows_url)


class ColumnKind(StrEnum):
    """How a column is set and stored: a code is text even when it looks like a number."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    kind: ColumnKind = ColumnKind.TEXT


Value = str | Number | date | None


@dataclass(frozen=True, slots=True)
class LinkedCell:
    """A cell whose value leads to the rows behind it."""

    value: Value
    rows_url: str


Cell = Value | LinkedCell


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns; `total` is the closing row, `note` the 口径 printed below."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    unit: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not self.columns:
            raise UnwritableDocument("table-without-columns", "附表至少要有一列")
        lines = (*self.rows, self.total) if self.total is not None else self.rows
        for number, line in enumerate(lines, start=1):
            if len(line) != len(self.columns):
                raise UnwritableDocument(
                    "row-length",
                    f"附表第{number}行有{len(line)}格，表头有{len(self.columns)}列，请补齐后再生成",
                )


@dataclass(frozen=True, slots=True)
class Attachment:
    """A table that follows the text on a page of its own, under its caption."""

    title: str
    table: Table


@dataclass(frozen=True, slots=True)
class Distribution:
    """Who receives a copy: 报, 送, 发 or 抄送, and the units."""

    label: str
    units: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: the block at the foot of the last page."""

    printed_by: str
    printed_on: date
    distributions: tuple[Distribution, ...] = ()
    copies: int | None = None


@dataclass(frozen=True, slots=True)
class SummaryDocument:
    """A periodic summary (月报, 季报, 半年总结, 年报) ready to be written.

    `title` may hold "\\n" where the office wants the line to break; otherwise the writer breaks it.
    `as_of` is the local moment of the snapshot all figures were counted in. `site_url` makes the
    `rows_url` of figures absolute, so that a file opened elsewhere still leads to the rows.
    """

    title: str
    issuer: str
    dated_on: date
    as_of: datetime
    lead: Paragraph
    sections: tuple[Section, ...]
    addressees: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    figures: tuple[Figure, ...] = ()
    signed_by: str = ""
    imprint: Imprint | None = None
    site_url: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.issuer.strip():
            raise UnwritableDocument("no-title", "总结缺少标题或发文单位，请补充后再生成")
        _check_levels(self.sections, level=1)
        _check_figures(self)

    @property
    def signatory(self) -> str:
        return self.signed_by or self.issuer

    @property
    def as_of_words(self) -> str:
        return f"数据截至{chinese_moment(self.as_of)}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it is read: level 1 to 4, its number (一、) and its words."""

    level: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class BodyParagraph:
    """A paragraph of the text, with the number it opens with, if it has one."""

    paragraph: Paragraph
    number: str = ""


@dataclass(frozen=True, slots=True)
class LabelledAttachment:
    """An attachment with the label above its caption: 附件 when alone, else 附件1.

    `is_sources` marks the list of sources: its rows stand in the order of `document.figures`.
    """

    label: str
    attachment: Attachment
    is_sources: bool = False


def sentence(
    template: str, figures: Mapping[str, Figure], words: Mapping[str, str] | None = None
) -> Paragraph:
    """Build a paragraph from words with {keys}: each key is a figure, or one of `words`.

    Values are never read as templates, so a name with braces stays what it is.
    """
    runs: list[Run] = []
    for literal, key, _spec, _conversion in string.Formatter().parse(template):
        if literal:
            runs.append(TextRun(literal))
        if key is None:
            continue
        if words is not None and key in words:
            runs.append(TextRun(words[key]))
        elif key in figures:
            runs.append(figures[key].as_run())
        else:
            raise UnwritableDocument("unknown-figure", f"句子“{template}”用了未提供的数字“{key}”")
    return Paragraph(tuple(runs))


def plain(text: str) -> Paragraph:
    """Build a paragraph of words only."""
    return Paragraph((TextRun(text),))


def outline(document: SummaryDocument) -> Iterator[Heading | BodyParagraph]:
    """The text in reading order with its numbers, the lead paragraph first."""
    yield BodyParagraph(document.lead)
    yield from _outline_of(document.sections, level=1)


def sources_attachment(document: SummaryDocument) -> Attachment | None:
    """The closing attachment that says for every figure how it was counted; None without any."""
    if not document.figures:
        return None
    rows = tuple(
        (
            number,
            LinkedCell(figure.title, figure.rows_url),
            figure.text,
            figure.unit,
            figure.definition,
        )
        for number, figure in enumerate(document.figures, start=1)
    )
    columns = (
        Column("序号", ColumnKind.NUMBER),
        Column("指标"),
        Column("数值", ColumnKind.NUMBER),
        Column("单位"),
        Column("口径"),
    )
    note = (
        f"{document.as_of_words}。正文中的数字可逐一对应本表；"
        "在电子版中点击指标名称，可打开明细清单。"
    )
    return Attachment("数据来源与口径", Table(columns, rows, note=note))


def labelled_attachments(document: SummaryDocument) -> tuple[LabelledAttachment, ...]:
    """All attachments as printed, the list of sources last."""
    sources = sources_attachment(document)
    printed = (*document.attachments, *((sources,) if sources else ()))
    alone = len(printed) == 1
    return tuple(
        LabelledAttachment(
            "附件" if alone else f"附件{number}", attachment, is_sources=attachment is sources
        )
        for number, attachment in enumerate(printed, start=1)
    )


def absolute_url(document: SummaryDocument, rows_url: str) -> str:
    """The address a file can open from anywhere, or "" when there is none to give."""
    if rows_url.startswith("/") and not rows_url.startswith("//") and document.site_url:
        rows_url = document.site_url.rstrip("/") + rows_url
    return rows_url if rows_url.startswith(("http://", "https://")) else ""


def cell_value(cell: Cell) -> Value:
    """What a cell says, linked or not."""
    return cell.value if isinstance(cell, LinkedCell) else cell


def is_number(value: Value) -> TypeGuard[Number]:
    """Whether a value can be computed with: a number that is finite."""
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, int) or (isinstance(value, float) and isfinite(value))


def _outline_of(sections: Iterable[Section], level: int) -> Iterator[Heading | BodyParagraph]:
    for position, section in enumerate(sections, start=1):
        number = heading_number(level, position)
        if section.heading:
            yield Heading(level, number, section.heading)
            number = ""
        for paragraph in section.paragraphs:
            yield BodyParagraph(paragraph, number)
            number = ""
        yield from _outline_of(section.sections, level + 1)


def _check_levels(sections: tuple[Section, ...], level: int) -> None:
    if sections and level > DEEPEST_LEVEL:
        raise UnwritableDocument("too-deep", "公文结构层次最多四层：一、（一）1.（1）")
    for section in sections:
        if not section.heading and (level <= 2 or not section.paragraphs):
            raise UnwritableDocument("no-heading", f"第{level}层有一节没有标题，请补充后再生成")
        _check_levels(section.sections, level + 1)


def _check_figures(document: SummaryDocument) -> None:
    keys = [figure.key for figure in document.figures]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise UnwritableDocument(
            "figure-twice", f"指标重复：{'、'.join(twice)}，每个指标只能列一次"
        )
    endless = [f.title for f in document.figures if f.value is not None and not is_number(f.value)]
    if endless:
        raise UnwritableDocument("not-a-number", f"指标“{endless[0]}”的数值不是有限的数")
    used = {
        run.key
        for part in outline(document)
        if isinstance(part, BodyParagraph)
        for run in part.paragraph.runs
        if isinstance(run, FigureRun)
    }
    unlisted = sorted(used - set(keys))
    if unlisted:
        raise UnwritableDocument("figure-unlisted", f"正文数字没有来源：{'、'.join(unlisted)}")
