"""The commands as operators and scripts use them."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from summaries.models import Summary
from tests import factories
from towns.models import Town

alone = pytest.mark.django_db(transaction=True)


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def refusal(command: str, *arguments: str) -> str:
    with pytest.raises(CommandError) as refused:
        run(command, *arguments)
    assert refused.value.returncode == 2
    return str(refused.value)


@pytest.mark.django_db
def test_figures_answer_as_the_interface_says(own_town: Town) -> None:
    factories.venue(own_town, area_m2=650)
    factories.activity(own_town)
    answer = json.loads(run("figures", "--town", own_town.code, "--as-of", "2024-05-27", "--json"))
    assert (answer["scope"], answer["period"], answer["as_of"]) == (
        f"town:{own_town.code}",
        "2024",
        "2024-05-27",
    )
    figures: dict[str, dict[str, Any]] = {one["key"]: one for one in answer["figures"]}
    assert figures["venue_area"]["value"] == 650
    assert figures["activities"] == {
        "key": "activities",
        "title": "活动",
        "value": 1,
        "unit": "场",
        "definition": figures["activities"]["definition"],
        "rows_url": f"/figures/activities/?scope=town:{own_town.code}&period=2024&as_of=2024-05-27",
    }


@pytest.mark.django_db
def test_figures_of_a_chamber_a_venue_and_a_span(own_town: Town) -> None:
    chamber, venue = factories.chamber(own_town, "示例商会"), factories.venue(own_town, "示例阵地")
    factories.membership(chamber)
    factories.activity(own_town, venue=venue)
    asked = ("--period", "2024-05-01..2024-05-27", "--as-of", "2024-05-27", "--json")
    of_chamber = json.loads(run("figures", "--chamber", "示例商会", *asked))
    assert {one["key"]: one["value"] for one in of_chamber["figures"]}["members"] == 1
    of_venue = json.loads(run("figures", "--venue", "示例阵地", *asked))
    assert {one["key"]: one["value"] for one in of_venue["figures"]}["venue_activities"] == 1


@pytest.mark.django_db
def test_figures_without_json_are_words(own_town: Town) -> None:
    assert "街镇\t1\t个" in run("figures")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--town", "000"), "没有找到范围"),
        (("--chamber", "无"), "没有名为“无”的商会"),
        (("--period", "五月"), "看不懂期间"),
        (("--as-of", "今天"), "看不懂截至日"),
    ],
)
def test_figures_refuse_with_one_sentence(arguments: tuple[str, ...], words: str) -> None:
    assert words in refusal("figures", *arguments)


@alone
def test_a_summary_is_written_as_three_files(tmp_path: Path) -> None:
    town = factories.town("华新镇")
    factories.activity(town)
    folder = tmp_path / "小结"
    asked = ("--kind", "monthly", "--period", "2024-05", "--out", str(folder))
    paths = run("write_summary", *asked, "--scope", "华新镇").splitlines()
    assert [Path(path).name for path in paths] == [
        f"华新镇2024年5月统战工作情况月报.{ending}" for ending in ("docx", "xlsx", "html")
    ]
    assert "word/document.xml" in ZipFile(paths[0]).namelist()
    html = Path(paths[2]).read_text("utf-8")
    assert "<style>" in html
    assert "一、基本概况" in html
    assert "static/" not in html
    answer = json.loads(run("write_summary", *asked, "--scope", town.code, "--json"))
    assert answer["docx"] == paths[0]
    assert Summary.objects.count() == 1


@alone
def test_a_summary_of_the_district_or_of_nowhere(tmp_path: Path) -> None:
    factories.town("华新镇")
    out = ("--out", str(tmp_path))
    assert "青浦区" in run("write_summary", "--period", "2024-05", *out)
    assert "没有代码或名称" in refusal(
        "write_summary", "--period", "2024-05", "--scope", "月亮", *out
    )
    assert "还没有结束" in refusal("write_summary", "--period", "2098-05", *out)
    assert "看不懂期间" in refusal("write_summary", "--period", "May", *out)


@alone
def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    refusal("write_summary", "--period", "2024-05", "--out", str(taken))


@alone
def test_what_is_due_is_written_and_nothing_twice() -> None:
    factories.activity(factories.town("华新镇"), start_on=date(2024, 4, 2))
    asked = ("--now", "2024-06-01T00:10+08:00", "--json")
    assert len(json.loads(run("due_summaries", *asked))["written"]) == 4
    assert json.loads(run("due_summaries", *asked))["written"] == []
    assert Summary.objects.count() == 4


@alone
def test_a_moment_to_come_closes_nothing_that_is_not_over() -> None:
    today = timezone.localdate()
    factories.activity(factories.town("华新镇"), start_on=today.replace(day=1))
    answer = json.loads(run("due_summaries", "--now", "2999-01-01", "--json"))
    assert answer["written"] == []
    assert not Summary.objects.exists()


@pytest.mark.django_db
def test_a_moment_nobody_understands_is_refused() -> None:
    assert "看不懂时刻" in refusal("due_summaries", "--now", "明天")
