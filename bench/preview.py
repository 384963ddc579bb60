"""The pages of a preview: of 100,000 rows beside those of 1,000, in one run."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from accounts.models import User
from bench.importing import ground
from bench.importing.roster import write_roster
from bench.yardstick import MeasureFailed, median_seconds
from chambers.models import Chamber
from imports.models import Batch
from imports.receiving.waiting import hand_in
from jobs import actions as jobs

SMALL, LARGE, ROUNDS = 1_000, 100_000, 5
MS = 1_000

Visit = Callable[[], object]


def run(options: list[str]) -> dict[str, Any]:
    """Each page of both previews in turn; the median of some rounds, in milliseconds."""
    parser = ArgumentParser(prog="./run bench preview")
    parser.add_argument("--rows", type=int, default=LARGE)
    rows = parser.parse_args(options).rows
    ground.measure()
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": static}
    with (
        tempfile.TemporaryDirectory(prefix="tongxin-bench-") as folder,
        override_settings(ALLOWED_HOSTS=["*"], STORAGES=storages),
    ):
        small, large = (_preview(Path(folder), count) for count in (SMALL, rows))
        few, many = dict(_visits(small)), dict(_visits(large))
        took = {name: (_ms(few[name]), _ms(many[name])) for name in few}
    ratios = {name: round(after / before, 2) for name, (before, after) in took.items()}
    slowest = max(took, key=lambda name: took[name][1])
    return {
        "rows": rows,
        "pages": {
            name: {"small_ms": before, "large_ms": after, "ratio": ratios[name]}
            for name, (before, after) in took.items()
        },
        "slowest": f"{slowest}: {took[slowest][1]} ms",
        "largest_ratio": max(ratios.values()),
    }


def _preview(folder: Path, rows: int) -> Batch:
    file = folder / f"roster{rows}.xlsx"
    write_roster(file, rows)
    batch = hand_in(
        content=file.read_bytes(),
        file_name=file.name,
        plan="members",
        chamber=Chamber.objects.get(name=ground.CHAMBER),
        by=User.objects.get(username=ground.PERSON),
        today=ground.TODAY,
    )
    if batch.job:
        jobs.run(token=str(batch.job.token))
    batch.refresh_from_db()
    if batch.counts.get("new") != rows:
        raise MeasureFailed(f"{batch.state}: {batch.counts}")
    return batch


def _visits(batch: Batch) -> Iterator[tuple[str, Visit]]:
    client, last = Client(), batch.rows.count()
    person = User.objects.get(username=ground.PERSON)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def visit(name: str, query: str = "", **where: int) -> Visit:
        address = reverse(f"imports:{name}", kwargs={"pk": batch.pk, **where}) + query
        return lambda: _answered(client.get(address), 200)

    yield "first page", visit("show_batch")
    yield "last page", visit("show_batch", f"?page={last // 50}")
    yield "new alone, in the middle", visit("show_batch", f"?show=new&page={last // 100}")
    yield "those to be mended", visit("show_batch", "?show=problem")
    yield "those with a warning", visit("show_batch", "?show=warned")
    yield "those not on the list", visit("show_batch", "?show=absent")
    yield "a row", visit("show_row", position=last // 2)
    yield "the sheet", visit("show_understanding")
    yield "the end of the sheet", visit("show_understanding", f"?from={last - 20}")
    address = reverse("imports:correct_cell", args=[batch.pk, last // 2])
    told = iter(range(10_000))

    def correct() -> None:
        sent = {"field": "contact", "text": f"更正{next(told)}"}
        _answered(client.post(address, sent), 302)

    yield "a cell corrected", correct


def _answered(response: Any, status: int) -> None:
    if response.status_code != status:
        raise MeasureFailed(f"{response.request['PATH_INFO']}: {response.status_code}")


def _ms(visit: Visit) -> float:
    visit()
    return round(median_seconds(visit, ROUNDS) * MS, 1)
