"""The typed pieces a page is built of: what views hand over and components draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Literal

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

Text = str | Promise
Number = int | float | Decimal
Progression = Literal["done", "current", "todo"]

# What stands where there is nothing to show.
NOTHING = "—"


class Tone(StrEnum):
    """The colour beside a word of state. The word alone must say it; the colour only helps."""

    GREEN = "green"
    BLUE = "blue"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


def number_words(value: Number | str | None) -> str:
    """A number as it is read: thousands separated, no trailing zeros, a real minus sign.

    >>> number_words(9840), number_words(Decimal("650.00")), number_words(-2), number_words(None)
    ('9,840', '650', '−2', '—')
    """
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value
    whole = isinstance(value, int)
    words = f"{value:,}" if whole else f"{value:,.2f}".rstrip("0").rstrip(".")
    return words.replace("-", "−")


@dataclass(frozen=True, slots=True)
class Linked:
    """A number in a sentence that opens the rows behind it. ``url`` "" leaves it unlinked."""

    value: Number | str
    url: str = ""

    def __html__(self) -> str:
        words = number_words(self.value)
        if not self.url:
            return format_html('<span class="num">{}</span>', words)
        return format_html('<a class="num" href="{}">{}</a>', self.url, words)


def sentence(text: Text, **numbers: Linked | Number | Text) -> SafeString:
    """The sentence a page opens with: ``text`` with ``{name}`` filled, everything escaped.

    >>> sentence("举办活动 {activities} 场", activities=Linked(312, "/activities/"))
    '举办活动 <a class="num" href="/activities/">312</a> 场'
    """
    filled = {
        name: number_words(value) if isinstance(value, int | float | Decimal) else value
        for name, value in numbers.items()
    }
    return format_html(conditional_escape(str(text)), **filled)


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do from here. ``post`` sends a form instead of following a link.

    ``confirm`` is the question asked first; ``icon`` a name in the sprite (assets/icons.txt).
    """

    label: Text
    url: str
    icon: str = ""
    primary: bool = False
    post: bool = False
    confirm: Text = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A button that sends a form; ``name`` and ``value`` tell the view which one was pressed."""

    label: Text
    name: str = ""
    value: str = ""
    primary: bool = False
    confirm: Text = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way to this page; the last one needs no ``url``."""

    label: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty page says: what is missing, and what to do first."""

    title: Text
    text: Text = ""
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A state as a small coloured word."""

    word: Text
    tone: Tone = Tone.GREY


@dataclass(frozen=True, slots=True)
class Definition:
    """口径: how a figure is counted — its rule, and the scope, period and day it holds for."""

    rule: Text
    scope: Text = ""
    period: Text = ""
    as_of: Text = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a figure is set beside: 同比 ▲ 22 %, 去年同期 346; the base opens its own rows.

    ``good`` says whether the direction is welcome; ``days`` which days the base is of.
    """

    label: Text
    change: Text = ""
    trend: Literal["up", "down", "same"] = "same"
    good: bool | None = None
    base: Text = ""
    url: str = ""
    days: Text = ""

    @property
    def arrow(self) -> str:
        return {"up": "▲", "down": "▼", "same": ""}[self.trend]

    @property
    def tone(self) -> str:
        """The class of the change: welcome, unwelcome or plain."""
        return {True: "is-good", False: "is-poor", None: ""}[self.good]


@dataclass(frozen=True, slots=True)
class SparkPoint:
    """One point of a small course: its label, its value, the rows behind it."""

    label: Text
    value: Number
    url: str = ""

    @property
    def words(self) -> str:
        return number_words(self.value)


@dataclass(frozen=True, slots=True)
class Spark:
    """A small course under a figure; opened it shows the same values as a table."""

    title: Text
    points: Sequence[SparkPoint]
    unit: Text = ""

    WIDTH: ClassVar[int] = 120
    HEIGHT: ClassVar[int] = 26

    @property
    def last_x(self) -> str:
        """Where the drawing ends: beneath the last point."""
        return self.line.rpartition(" ")[2].partition(",")[0]

    @property
    def line(self) -> str:
        """The points of the drawing, zero at the ground; what stays the same is at mid height."""
        values = [float(point.value) for point in self.points]
        most = max([1, *values]) * (1 if len(set(values)) > 1 else 2)
        steps = max(len(self.points) - 1, 1)
        return " ".join(
            f"{2 + index * (self.WIDTH - 4) / steps:.1f},"
            f"{self.HEIGHT - 2 - float(point.value) / most * (self.HEIGHT - 4):.1f}"
            for index, point in enumerate(self.points)
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a strip: the value opens its rows.

    ``of`` is the whole it is a part of (355 in "349 / 355"); ``change`` what is to be seen to
    ("缺 6 个") and ``good`` whether it is welcome; ``comparison`` says more of the number in words.
    ``beside`` holds what it is compared with (同比 ▲ 12 %), whose bases open their rows; ``spark``
    a small course over time; with ``spark_id`` it is brought later, into that place.
    """

    label: Text
    value: Number | str | None
    unit: Text = ""
    url: str = ""
    of: Number | None = None
    change: Text = ""
    good: bool | None = None
    comparison: Text = ""
    note: Text = ""
    note_url: str = ""
    definition: Definition | None = None
    beside: Sequence[Beside] = ()
    spark: Spark | None = None
    spark_id: str = ""

    @property
    def value_words(self) -> str:
        return number_words(self.value)

    @property
    def of_words(self) -> str:
        return "" if self.of is None else number_words(self.of)

    @property
    def tone(self) -> str:
        """The class of the change: welcome, unwelcome or plain."""
        return {True: "is-good", False: "is-poor", None: ""}[self.good]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a job of several pages."""

    label: Text
    state: Progression = "todo"
    url: str = ""


def steps(labels: Sequence[Text], current: int) -> list[Step]:
    """Steps in order, ``current`` counted from 1: those before are done, those after to do."""
    return [Step(label, _progression(n, current)) for n, label in enumerate(labels, start=1)]


def _progression(number: int, current: int) -> Progression:
    if number == current:
        return "current"
    return "done" if number < current else "todo"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a record before and after."""

    label: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event on a record's timeline; ``parts`` are the single writes of an act of many.

    ``url`` opens the record it is about, ``about`` asks for all changes of that record alone;
    ``act`` is the key of the act it belongs to, ``source_url`` opens the import it came from.
    """

    at: datetime
    who: Text
    what: Text
    changes: Sequence[Change] = ()
    reason: Text = ""
    where_from: Text = ""
    tone: Tone = Tone.GREY
    parts: Sequence[HistoryEntry] = ()
    url: str = ""
    about: str = ""
    act: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of a record: its label, its value, the page the value opens."""

    label: Text
    value: Number | Text | None
    url: str = ""
    note: Text = ""

    @property
    def words(self) -> Text:
        if isinstance(self.value, Promise):
            return self.value
        return number_words(self.value) or NOTHING


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is. ``total`` 0 while it is unknown; ``note`` says what happens meanwhile."""

    label: Text
    done: int
    total: int
    state: Literal["waiting", "running", "done", "failed"] = "running"
    note: Text = ""
    poll_url: str = ""

    @property
    def percent(self) -> int:
        if self.state == "done":
            return 100
        return min(100, self.done * 100 // self.total) if self.total else 0

    @property
    def words(self) -> str:
        """ "60 / 150", or nothing while the total is unknown."""
        if not self.total:
            return ""
        return f"{number_words(self.done)} / {number_words(self.total)}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for somebody: "待审核 徐泾镇 国际家庭日 · 在区里 2 天 → 审核"."""

    state: State
    subject: Text
    detail: Text
    action: Action


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a matrix: words, a tone for a state, a link; ``meaning`` is what is read aloud."""

    words: Text = NOTHING
    tone: Tone | None = None
    url: str = ""
    meaning: Text = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    label: Text
    cells: Sequence[Cell]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A small table of rows × columns whose cells are words or states."""

    caption: Text
    columns: Sequence[Text]
    rows: Sequence[MatrixRow]
    corner: Text = ""
    legend: Sequence[tuple[Cell, Text]] = field(default_factory=tuple)
