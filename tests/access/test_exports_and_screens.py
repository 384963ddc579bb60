"""Every list of the site as a spreadsheet: the rows, the order and the words of the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html
from openpyxl import load_workbook

from accounts.models import User
from activities.models import Host
from chambers.models import Term
from summaries.figures.catalogue import FIGURES
from tests import factories
from tests.access.table import LIAISONS, OFFICERS, TABLE
from tests.conftest import SignedIn
from towns.models import Post, Town

pytestmark = pytest.mark.django_db
ASKED = ("", "&sort=-name", "&q=示例&sort=name", "&columns=name,town")
DAY = re.compile(r"(\d{4})年(\d+)月(\d+)日(?: (\d\d:\d\d))?")
NOTHING, PART_OF = "—", "└"
FORMULAS = ("=2+5 示例", "+86 示例", "-示例", "@示例")
LONG_CODE = "91310118MA1JL0000X"


def lists() -> Iterator[str]:
    """Every list that a liaison or an officer may open; of figures, one for each kind of row."""
    for name in sorted({line.name for line in TABLE if ":list_" in line.name and not line.with_}):
        line = next(one for one in TABLE if one.name == name)
        if line.get & (LIAISONS | OFFICERS):
            yield reverse(name)
    for figure in {one.listing: one for one in FIGURES.values()}.values():
        yield figure_page(figure.key)


def figure_page(key: str) -> str:
    return reverse("summaries:figure_rows", args=[key])


@pytest.fixture
def filled(own_town: Town, other_town: Town) -> None:
    """Two towns with some rows in every list, among them what a spreadsheet could misread."""
    today = timezone.localdate()
    for town in (own_town, other_town):
        chamber = factories.chamber(town)
        Term.objects.create(
            chamber=chamber,
            number=2,
            from_on=today - timedelta(days=800),
            to_on=today + timedelta(days=40),
        )
        whole = factories.venue(town, kind="complex")
        venue = factories.venue(town, parent=whole, area_m2=650)
        brand = factories.brand(town)
        factories.honour(chamber)
        factories.village(town)
        factories.post(factories.village(town), Post.Kind.LIAISON)
        for number, name in enumerate(FORMULAS):
            factories.activity(
                town,
                name,
                venue=venue if number else None,
                brand=brand,
                start_on=today - timedelta(days=number),
                headcount=1000 + number,
                donation_yuan=2500,
            )
            factories.membership(chamber, factories.enterprise(town, f"{name}有限公司"))
    factories.enterprise(own_town, credit_code=LONG_CODE)
    joint = factories.activity(own_town, start_on=today)
    Host.objects.create(activity=joint, part=Host.Part.CO_HOST, town=other_town)
    factories.activity(own_town, review="submitted", start_on=today, submitted_at=timezone.now())


def test_a_list_leaves_as_it_stands_on_the_screen(
    filled: None, officer: User, liaison: User, signed_in: SignedIn
) -> None:
    district, town = signed_in(officer), signed_in(liaison)
    compared = {district: 0, town: 0}
    for number, url in enumerate(lists()):
        asked = ASKED[number % len(ASKED)]
        for client, query in ((district, "?per_page=200"), (town, f"?per_page=200{asked}")):
            compared[client] += compare(client, url + query)
    assert min(compared.values()) > 50, compared


def compare(client: Client, url: str) -> int:
    """The number of rows that are alike on the screen and in the file; fails on a difference."""
    answer = client.get(url)
    if answer.status_code == 403:
        return 0
    tree = html.fromstring(answer.content.decode())
    tables = tree.xpath("//div[@class='table-frame']//table")
    if not tables or not tree.xpath("//a[contains(@href, 'export=xlsx')]"):
        return 0
    heads = [words_of(cell) for cell in tables[0].xpath(".//thead//th")]
    shown = [
        dict(zip(heads, map(words_of, row.xpath("./td|./th")), strict=True))
        for row in tables[0].xpath(".//tbody/tr")
    ]
    file_heads, rows = sheet(client.get(f"{url}&export=xlsx").content)
    assert [head for head in heads if head in file_heads] == file_heads, url
    assert set(heads) - set(file_heads) <= {"操作", "选择", "设置"}, url
    assert [{head: row[head] for head in file_heads} for row in shown] == rows, url
    return len(rows)


def words_of(cell: Any) -> str:
    """A cell as it is read, its days as a spreadsheet has them."""
    words = " ".join(cell.text_content().split()).removeprefix(PART_OF).strip()
    return "" if words == NOTHING else DAY.sub(_as_written, words.replace("−", "-"))


def _as_written(found: re.Match[str]) -> str:
    year, month, day, time = found.groups()
    return f"{year}-{int(month):02d}-{int(day):02d}{f' {time}' if time else ''}"


def sheet(content: bytes) -> tuple[list[str], list[dict[str, str]]]:
    """The heads and rows of a file; no cell of it is a formula."""
    page: Any = load_workbook(BytesIO(content)).active
    lines = [list(line) for line in page.iter_rows()]
    assert not [cell for line in lines for cell in line if cell.data_type == "f"]
    head = next(number for number, line in enumerate(lines) if line[-1].font.name == "黑体")
    if head == 0:  # one column: the title stands in it as well
        head = next(number for number in range(1, len(lines)) if lines[number][0].border.left.style)
    heads = [str(cell.value) for cell in lines[head]]
    return heads, [
        dict(zip(heads, [_file_words(cell.value) for cell in line], strict=True))
        for line in lines[head + 1 :]
    ]


def _file_words(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
        case date():
            return f"{value:%Y-%m-%d}"
        case int() | float():
            return f"{value:,.2f}".rstrip("0").rstrip(".")
        case _:
            return DAY.sub(_as_written, " ".join(str(value).split()))


def test_what_looks_like_a_formula_and_long_codes_leave_as_text(
    filled: None, officer: User, signed_in: SignedIn
) -> None:
    client = signed_in(officer)
    rows = sheet(client.get("/enterprises/?export=xlsx").content)[1]
    names = {row["企业名称"] for row in rows}
    assert {f"{name}有限公司" for name in FORMULAS} <= names
    assert LONG_CODE in {word for row in rows for word in row.values()}
