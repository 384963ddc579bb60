"""Periods as the work speaks of them: day, month, quarter, half-year, year, a span of days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.utils.formats import date_format
from django.utils.translation import gettext as _

MONTH = re.compile(r"^(\d{4})-(\d{2})$")
QUARTER = re.compile(r"^(\d{4})-Q([1-4])$")
HALF = re.compile(r"^(\d{4})-H([12])$")
YEAR = re.compile(r"^(\d{4})$")
SPAN = re.compile(r"^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$")
# Days outside are slips of the keyboard: 0204, 2204. So every period has one before and after it.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)


class PeriodError(ValueError):
    """Text that is no period; the message says what may be written."""


@dataclass(frozen=True, order=True)
class Period:
    """Days from ``start`` to ``end``, both included. Days are the district's local days."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PeriodError(_("期间的结束日早于开始日，请对调。"))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 2024, 2024-05, 2024-Q2, 2024-H1 or 2024-01-01..2024-05-27.

        Raises PeriodError with what may be written.
        """
        try:
            found = cls._parse(text.strip())
        except PeriodError:
            raise
        except (ValueError, OverflowError):
            found = None
        if found is None:
            raise PeriodError(
                _(
                    "看不懂期间“%(text)s”。可写 2024、2024-05、2024-Q2、2024-H1 "
                    "或 2024-01-01..2024-05-27。"
                )
                % {"text": text[:40]}
            )
        if not FIRST_DAY <= found.start <= found.end <= LAST_DAY:
            raise PeriodError(_("期间“%(text)s”不合常理，请核对年份。") % {"text": text[:40]})
        return found

    @classmethod
    def _parse(cls, text: str) -> Self | None:
        if found := YEAR.match(text):
            return cls.months(int(found[1]), 1, 12)
        if found := MONTH.match(text):
            return cls.months(int(found[1]), int(found[2]), 1)
        if found := QUARTER.match(text):
            return cls.months(int(found[1]), int(found[2]) * 3 - 2, 3)
        if found := HALF.match(text):
            return cls.months(int(found[1]), int(found[2]) * 6 - 5, 6)
        if found := SPAN.match(text):
            return cls(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
        return None

    @classmethod
    def months(cls, year: int, first: int, count: int) -> Self:
        """``count`` whole months from month ``first`` of ``year``, within that year."""
        last = first + count - 1
        return cls(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))

    @classmethod
    def month_of(cls, day: date) -> Self:
        return cls.months(day.year, day.month, 1)

    @classmethod
    def year_to(cls, day: date) -> Self:
        """今年以来: from 1 January to ``day``."""
        return cls(date(day.year, 1, 1), day)

    @property
    def months_count(self) -> int:
        """How many whole months this is; 0 when it is not made of whole months."""
        after = self.end + timedelta(days=1)
        if self.start.day != 1 or after.day != 1:
            return 0
        return (after.year - self.start.year) * 12 + after.month - self.start.month

    @property
    def kind(self) -> str:
        """month, quarter, half, year or span."""
        aligned = {1: "month", 3: "quarter", 6: "half", 12: "year"}.get(self.months_count)
        if aligned and (self.start.month - 1) % self.months_count == 0:
            return aligned
        return "span"

    def __str__(self) -> str:
        """The text that ``parse`` reads back."""
        year, month = self.start.year, self.start.month
        match self.kind:
            case "year":
                return f"{year:04d}"
            case "half":
                return f"{year:04d}-H{(month + 5) // 6}"
            case "quarter":
                return f"{year:04d}-Q{(month + 2) // 3}"
            case "month":
                return f"{year:04d}-{month:02d}"
        return f"{self.start.isoformat()}..{self.end.isoformat()}"

    @property
    def words(self) -> str:
        """The period as a person reads it."""
        year, month = self.start.year, self.start.month
        match self.kind:
            case "year":
                return _("%(year)s年") % {"year": year}
            case "half" if month == 1:
                return _("%(year)s年上半年") % {"year": year}
            case "half":
                return _("%(year)s年下半年") % {"year": year}
            case "quarter":
                return _("%(year)s年第%(quarter)s季度") % {
                    "year": year,
                    "quarter": (month + 2) // 3,
                }
            case "month":
                return date_format(self.start, _("Y年n月"))
        return self.days_words

    @property
    def days_words(self) -> str:
        """Its first and its last day: 2024年5月1日至5月27日, 2023年6月1日至2024年5月31日."""
        start = date_format(self.start, "DATE_FORMAT")
        if self.start == self.end:
            return start
        is_same_year = self.start.year == self.end.year
        end = date_format(self.end, _("n月j日") if is_same_year else "DATE_FORMAT")
        return _("%(start)s至%(end)s") % {"start": start, "end": end}

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    def year_before(self) -> Self:
        """The same days a year earlier (同比); 29 February becomes 28, a month's end stays one."""
        if self.months_count:
            end_year = self.end.year - 1
            end = date(end_year, self.end.month, calendar.monthrange(end_year, self.end.month)[1])
            return type(self)(self.start.replace(year=self.start.year - 1), end)
        return type(self)(_year_earlier(self.start), _year_earlier(self.end))

    def before(self) -> Self:
        """The period of the same length just before (环比)."""
        if count := self.months_count:
            start = add_months(self.start, -count)
            return type(self)(start, self.start - timedelta(days=1))
        days = (self.end - self.start).days + 1
        return type(self)(self.start - timedelta(days=days), self.start - timedelta(days=1))

    def up_to(self, day: date) -> Self:
        """The part of the period that has passed on ``day``; at least its first day."""
        return type(self)(self.start, max(self.start, min(self.end, day)))

    def each_month(self) -> Iterator[Period]:
        """The months it touches, whole, in order."""
        first = self.start.replace(day=1)
        while first <= self.end:
            yield Period.month_of(first)
            first = add_months(first, 1)


def add_months(first_of_month: date, count: int) -> date:
    """The first day of the month ``count`` months on (or back)."""
    index = first_of_month.year * 12 + first_of_month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def _year_earlier(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
