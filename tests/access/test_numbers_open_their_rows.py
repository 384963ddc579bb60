"""Whoever follows a number finds that many: a walk over the pages of a random district.

The walk goes from the menu along links, asks for other periods, days and filters on its way, opens
numbers that are links, and compares each with the page it opens and that page with its spreadsheet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone
from lxml import html

from tests import factories
from tests.conftest import SignedIn
from tests.summaries.random_district import RandomDistrict
from tests.summaries.test_figures import exported_lines

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 8, 20, 9, 30)  # noqa: DTZ001 - made aware below
PAGES, NUMBERS, SHEETS = 16, 4, 2  # pages of a walk, numbers opened on each, spreadsheets
NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")
# Numbers in words: 待审核 3, 去年同期 12 场.
IN_WORDS = re.compile(r"^(?:待审核|已退回) \d")
LISTED = re.compile(r"(?:figure_rows|:list_)")
NO_PAGE = re.compile(r"photo|thumbnail|download|sign_out|language|paste|show_understanding")
PERIODS = ("2024", "2024-05", "2024-Q2", "2024-H1", "2023", "2023-11-05..2024-02-17", "2025-01")
FILTERS = ("kind", "mode", "brand", "venue", "industry", "town", "by")


@dataclass
class Opened:
    """A page as a person has it before them."""

    url: str
    tree: Any

    @property
    def total(self) -> Decimal | None:
        """The number on top, or that of the rows; None for a page that lists nothing."""
        figure = self.tree.get_element_by_id("figure-total", None)
        if figure is not None:
            return Decimal(figure.get("data-value"))
        return self.rows

    @property
    def rows(self) -> Decimal | None:
        found = self.tree.xpath("//p[@class='results-count']/b")
        return number_in(found[0].text_content()) if found else None

    def links(self) -> Iterator[tuple[str, str, bool]]:
        """Where links lead, their words, and whether the words are the number of what is there."""
        for link in self.tree.xpath("//main//a[@href] | //nav//a[@href]"):
            url = urljoin(self.url, link.get("href").partition("#")[0])
            address = urlsplit(url)
            if address.netloc or "export=" in address.query or not page_name(url):
                continue
            words = " ".join(link.text_content().split())
            told = bool(NUMBER.fullmatch(words) or IN_WORDS.match(words))
            beside = link.getparent().get("class") == "figure-beside"
            in_pager = "page=" in address.query or "per_page=" in address.query
            counts = (told or beside) and not in_pager and bool(LISTED.search(page_name(url)))
            yield url, words, counts


def page_name(url: str) -> str:
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return ""
    key = match.kwargs.get("key", "")
    return "" if NO_PAGE.search(match.view_name) else f"{match.view_name} {key}"


def number_in(words: str) -> Decimal | None:
    found = NUMBER.findall(words)
    return Decimal(found[-1].replace(",", "").replace("−", "-")) if found else None


@dataclass
class Walk:
    """One person's walk; the same seed takes the same way."""

    client: Client
    pick: Random
    met: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def go(self, pages: int) -> None:
        # Pages to visit and where they are linked, by their kind: of each kind as often.
        waiting = {"": [("/", ""), ("/figures/", "")]}
        for _turn in range(pages):
            kind = self.pick.choice(sorted(kind for kind in waiting if waiting[kind]))
            urls = waiting[kind]
            url, source = urls.pop(self.pick.randrange(len(urls)))
            page = self.open(url, source)
            if page is None:
                continue
            self.met["pages"] += 1
            links = list(page.links())
            self.open_numbers(page, links)
            self.compare_with_sheet(page)
            for target, _words, _counts in links:
                waiting.setdefault(page_name(target), []).append((target, page.url))
            otherwise = self.asked_otherwise(page)
            waiting.setdefault(page_name(url), []).append((otherwise, page.url))

    def open(self, url: str, source: str) -> Opened | None:
        answer: Any = self.client.get(url, follow=True)
        if answer.status_code != 200:
            self.wrong.append(f"{answer.status_code} {url} from {source}")
            return None
        if not answer.get("Content-Type", "").startswith("text/html"):
            return None
        there = answer.redirect_chain[-1][0] if answer.redirect_chain else url
        return Opened(urljoin(url, there), html.fromstring(answer.content.decode()))

    def open_numbers(self, page: Opened, links: list[tuple[str, str, bool]]) -> None:
        counts = [(url, words) for url, words, counted in links if counted]
        for url, words in self.pick.sample(counts, min(NUMBERS, len(counts))):
            there = self.open(url, page.url)
            self.met["numbers"] += 1
            self.met["more than nothing"] += number_in(words) != 0
            if there and there.total != number_in(words):
                self.wrong.append(f"“{words}” opens {there.total}: {url} from {page.url}")

    def compare_with_sheet(self, page: Opened) -> None:
        offered = page.tree.xpath("//section[@id='list-results']//a[contains(@href,'export=xlsx')]")
        if not offered or self.met["sheets"] >= SHEETS:
            return
        self.met["sheets"] += 1
        answer: Any = self.client.get(urljoin(page.url, offered[0].get("href")))
        lines = exported_lines(answer.content)
        head = next(number for number, line in enumerate(lines) if sum(map(bool, line)) > 1)
        if len(lines) - head - 1 != page.rows:
            self.wrong.append(f"{len(lines) - head - 1} rows for {page.rows}: {page.url}")
        said = [line[0] for line in lines[:head] if line[0].startswith("合计：")]
        if said and number_in(said[0].split()[0]) != page.total:
            self.wrong.append(f"{said[0]} for {page.total}: {page.url}")

    def asked_otherwise(self, page: Opened) -> str:
        """The same page for another period, day or filter that it offers."""
        address = urlsplit(page.url)
        asked = dict(parse_qsl(address.query))
        asked["period"] = self.pick.choice(PERIODS)
        if self.pick.random() < 0.9:
            asked["as_of"] = date(2024, self.pick.randrange(1, 9), 15).isoformat()
        for name in self.pick.sample(FILTERS, 2):
            values = page.tree.xpath(f"//select[@name='{name}']/option[@value!='']/@value")
            if values:
                asked[name] = self.pick.choice(values)
        return f"{address.path}?{urlencode(asked)}"


def walked(client: Client, seed: int, pages: int) -> Walk:
    with time_machine.travel(timezone.make_aware(NOW), tick=False):
        walk = Walk(client, Random(seed))
        walk.go(pages)
    return walk


@pytest.mark.parametrize("role", ["officer", "liaison"])
def test_who_follows_a_number_finds_that_many(signed_in: SignedIn, role: str) -> None:
    made = RandomDistrict(5)
    liaison = factories.liaison(*made.towns[:2])
    person = factories.officer() if role == "officer" else liaison
    walk = walked(signed_in(person), 5, PAGES)
    assert not walk.wrong, "\n".join(walk.wrong)
    assert walk.met["pages"] > PAGES / 2, walk.met
    assert walk.met["more than nothing"] > PAGES / 3, walk.met
    assert walk.met["sheets"] >= SHEETS / 2, walk.met
