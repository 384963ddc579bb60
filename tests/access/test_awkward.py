"""Each address with what makes no sense in it, each form with fields missing, doubled or senseless.

``AWKWARD_ROUNDS=200`` asks every address so often, each round with other values and another role.
"""

from __future__ import annotations

import os
import random
import re
from typing import Any

import pytest

from core.kept import source_in_use
from tests.access import awkward
from tests.access.table import TABLE, Line
from tests.access.test_every_url import address, one_of_each_table, send, world
from tests.access.world import World

__all__ = ["world"]

ROUNDS = int(os.environ.get("AWKWARD_ROUNDS", "2"))
# What says why nothing was done: beside a field, above a form, above a page, or a page of its own.
SENTENCE = re.compile(r'role="alert"|class="notice |class="field-errors"')
# Answered with a page of what was done, or of what can be done now.
SHOWN = {"accounts:reset_password", "accounts:second_factor", "accounts:issue_recovery_codes"}
FORM = "application/x-www-form-urlencoded"
KNOWN_REFUSALS = {302, 400, 403, 404, 405, 409, 413, 429}

pytestmark = pytest.mark.django_db


def sent(world: World, role: str, method: str, url: str, line: Line, **options: Any) -> Any:
    """The answer, with what was written to watched tables before it was given up again.

    What broke is told with the request that broke it.
    """
    source = source_in_use()
    assert source is not None
    with world.undone():
        before = source.read()
        try:
            answer = send(world, role, method, url, line=line, undo=False, **options)
        except Exception as broken:
            broken.add_note(f"{role} {method} {url[:400]} {options}")
            raise
        answer.wrote = source.read() != before
    return answer


def says_why(answer: Any) -> bool:
    """Whether a page that was not left says so: in a notice, beside a field, or as a whole."""
    page = answer.body
    return bool(SENTENCE.search(page) if answer.status_code == 200 else "</h1>" in page)


def form_at(world: World, role: str, url: str, line: Line) -> awkward.Fields:
    """What an untouched form would send, and what the table sends to the address."""
    fields = [(name, value.encode()) for name, value in line.fields.items()]
    if role in line.get:
        fields += awkward.fields_of(send(world, role, "get", url, line=line).body)
    return fields


def others_of(world: World) -> list[str]:
    return [*awkward.keys_of(world.other.records), *awkward.keys_of(world.people), *CODES]


CODES = ["310118106", "310118000"]


@pytest.mark.parametrize(
    "line", [line for line in one_of_each_table() if line.get], ids=lambda line: line.name
)
def test_no_page_fails_over_what_stands_in_its_address(world: World, line: Line) -> None:
    url = address(line, world, "own")
    chosen = random.Random(line.name)
    with awkward.names_read() as names:
        for number in range(ROUNDS + 1):
            role = chosen.choice(sorted(line.get))
            query = awkward.a_query(chosen, names, others_of(world)) if number else ""
            answer = sent(world, role, "get", url + query, line)
            assert answer.status_code in {200, *KNOWN_REFUSALS}, query


@pytest.mark.parametrize("line", [one for one in TABLE if one.post], ids=lambda line: line.name)
def test_no_form_fails_or_writes_half_over_what_is_sent(world: World, line: Line) -> None:
    url = address(line, world, "own")
    chosen = random.Random(line.name)
    shown: dict[str, awkward.Fields] = {}
    with awkward.names_read() as names:
        for number in range(ROUNDS + 1):
            role = chosen.choice(sorted(line.post))
            if role not in shown:
                shown[role] = form_at(world, role, url, line)
            fields = shown[role]
            if number:
                fields = awkward.spoilt(chosen, fields, names, others_of(world))
            told = awkward.encoded(fields)
            answer = sent(world, role, "post", url, line, data=told, content_type=FORM)
            assert answer.status_code in {200, *KNOWN_REFUSALS}, told
            done = answer.status_code == 302 or line.name in SHOWN
            assert done or not answer.wrote, told
            assert done or says_why(answer), (answer.status_code, told)
