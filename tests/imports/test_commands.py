"""The commands answer as commands.md says: one object, an exit status, or one sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from accounts.models import User
from chambers.models import Chamber, Enterprise, Membership
from imports.models import Batch
from jobs import actions as jobs
from tests import factories
from tests.imports.conftest import ROSTERS
from towns.models import Town
from venues.models import Venue

ROOT = Path(__file__).parents[2]
TRUTH: dict[str, dict[str, Any]] = json.loads((ROSTERS / "truth.json").read_text("utf-8"))
SAMPLE = ROSTERS / "a_title_and_footer.xlsx"

pytestmark = pytest.mark.django_db

Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command with --json; its exit status and its one answer."""

    def command(*arguments: object) -> tuple[int, Any]:
        status = 0
        try:
            call_command(*(str(argument) for argument in arguments), "--json")
        except SystemExit as ended:
            status = int(ended.code or 0)
        return status, json.loads(capsys.readouterr().out)

    return command


def refused(*arguments: object) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command(*(str(argument) for argument in arguments), "--json")
    assert refusal.value.returncode == 2
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def importing(path: Path, administrator: User, *more: str) -> list[object]:
    who = ["--chamber", "华新镇商会", "--as", administrator.username]
    return ["import_sheet", path, "--plan", "members", *who, *more]


@pytest.mark.parametrize("name", TRUTH)
@pytest.mark.parametrize("plan", [(), ("--plan", "members")], ids=["guessed", "named"])
def test_inspect_sheet_tells_the_truth(run: Run, name: str, plan: tuple[str, ...]) -> None:
    truth = TRUTH[name]
    status, answer = run("inspect_sheet", ROSTERS / truth["file"], *plan)
    assert answer["file"] == truth["file"]
    broken = 0
    for table, expected in zip(answer["tables"], truth["tables"], strict=True):
        assert (table["sheet"], table["header_row"], table["plan"]) == (
            expected["sheet"],
            expected["header_row"],
            "members",
        )
        assert table["left_out"] == truth.get("left_out", [])
        rows = {row["row"]: row for row in table["rows"]}
        assert list(rows) == [record["row"] for record in expected["records"]]
        for record in expected["records"]:
            told = {key: str(value) for key, value in record.items() if key != "row"}
            assert told.items() <= rows[record["row"]]["values"].items()
        broken += sum(p["level"] == "error" for row in table["rows"] for p in row["problems"])
    assert status == (1 if broken else 0)


def test_inspecting_writes_nothing(run: Run) -> None:
    run("inspect_sheet", SAMPLE)
    assert not Batch.objects.exists()


def test_a_sheet_without_a_table_is_answered_and_falls_short(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "别的.csv"
    path.write_text("甲,乙\n1,2\n", "utf-8")
    assert run("inspect_sheet", path) == (1, {"file": "别的.csv", "tables": []})


def test_import_and_undo_answer_with_their_counts(
    run: Run, chamber: Chamber, administrator: User
) -> None:
    status, answer = run(*importing(SAMPLE, administrator))
    counts = {"new": 30, "changed": 0, "same": 0, "warnings": 0, "errors": 0}
    assert (status, answer) == (0, {"batch": Batch.objects.get().pk, **counts})
    assert Membership.objects.filter(chamber=chamber).count() == 30
    undone = run("undo_import", answer["batch"], "--as", administrator.username)
    assert undone == (0, {"reversed": 30, "kept": 0, "failed": 0})
    assert not Enterprise.objects.exists()


def test_importing_again_changes_nothing(run: Run, chamber: Chamber, administrator: User) -> None:
    run(*importing(SAMPLE, administrator))
    status, answer = run(*importing(SAMPLE, administrator))
    assert (status, answer["new"], answer["changed"], answer["same"]) == (0, 0, 0, 30)
    assert Enterprise.objects.count() == 30


def test_rows_that_fall_short_give_status_1(
    run: Run, chamber: Chamber, administrator: User
) -> None:
    status, answer = run(*importing(ROSTERS / "d_dirty_codes.xlsx", administrator))
    assert status == 1
    assert answer["errors"] > 0
    assert Enterprise.objects.count() == answer["new"]


def test_a_dry_run_keeps_nothing(run: Run, chamber: Chamber, administrator: User) -> None:
    status, answer = run(*importing(SAMPLE, administrator, "--dry-run"))
    assert (status, answer["batch"], answer["new"]) == (0, None, 30)
    assert not Batch.objects.exists()
    assert not Enterprise.objects.exists()


def test_rows_kept_by_an_undoing_give_status_1(
    run: Run, chamber: Chamber, administrator: User
) -> None:
    _status, answer = run(*importing(SAMPLE, administrator))
    edited = Enterprise.objects.order_by("pk")[0]
    Enterprise.objects.filter(pk=edited.pk).update(contact="示例新")
    undone = run("undo_import", answer["batch"], "--as", administrator.username)
    assert undone == (1, {"reversed": 29, "kept": 1, "failed": 0})


def test_a_broken_import_is_refused_with_its_reason(
    chamber: Chamber, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_args: Any) -> None:
        raise ValueError("磁盘坏了")

    monkeypatch.setattr("imports.committing.confirmed.update_rows", break_down)
    words = refused(*importing(SAMPLE, administrator))
    assert f"试了 {jobs.ATTEMPTS_LIMIT} 次都没有成功：磁盘坏了" in words
    assert not Enterprise.objects.exists()


def test_what_cannot_be_done_is_refused_in_a_sentence(
    chamber: Chamber, administrator: User, tmp_path: Path
) -> None:
    empty = tmp_path / "空.xlsx"
    empty.write_bytes(b"")
    officer = factories.officer(username="officer")
    gone = factories.administrator(username="gone", is_active=False)
    assert "打不开文件" in refused("inspect_sheet", tmp_path / "没有.xlsx")
    assert "打不开文件" in refused("inspect_sheet", tmp_path)
    assert "文件是空的" in refused("inspect_sheet", empty)
    assert "没有名为 什么 的导入内容" in refused("inspect_sheet", SAMPLE, "--plan", "什么")
    assert "没有导入的权限" in refused(*importing(SAMPLE, officer))
    assert "没有可用的用户" in refused(*importing(SAMPLE, gone))
    other = ["import_sheet", SAMPLE, "--plan", "members", "--chamber", "没有商会"]
    assert "没有名为“没有商会”的商会" in refused(*other, "--as", administrator.username)
    strange = ["import_sheet", SAMPLE, "--plan", "什么", "--chamber", chamber.name]
    assert "没有名为 什么 的导入内容" in refused(*strange, "--as", administrator.username)
    nobodys = ["import_sheet", ROSTERS / "b_gbk_csv.csv", "--plan", "members"]
    assert "请选择是哪家商会" in refused(*nobodys, "--as", administrator.username)
    town = ["import_sheet", SAMPLE, "--plan", "venues", "--town", "没有镇"]
    assert "没有名为“没有镇”的街镇" in refused(*town, "--as", administrator.username)
    for number in ("999", "abc", "9" * 30):
        assert "没有编号为" in refused("undo_import", number, "--as", administrator.username)


def test_other_lists_are_imported_for_a_town_and_taken_back(
    run: Run, own_town: Town, administrator: User, tmp_path: Path
) -> None:
    path = tmp_path / "阵地.csv"
    lines = [
        "阵地名称,类型,面积（㎡）,地址,启用时间",
        "示例同心家园,统战之家,120,示例路1号,2021-3-5",
    ]
    lines.append("示例工作站,工作站,60,示例路2号,2022年1月")
    path.write_text("\n".join(lines), "utf-8")
    who = ["--plan", "venues", "--town", own_town.name, "--as", administrator.username]
    _status, dry = run("import_sheet", path, *who, "--dry-run")
    _status, answer = run("import_sheet", path, *who)
    assert (dry["new"], answer["new"], Venue.objects.count()) == (2, 2, 2)
    assert run("import_sheet", path, *who)[1]["same"] == 2
    undone = run("undo_import", answer["batch"], "--as", administrator.username)
    assert undone == (0, {"reversed": 2, "kept": 0, "failed": 0})
    assert not Venue.objects.exists()


# The command line as it is typed, on the database of the test.
TYPED = """
import json, sys
from django.conf import settings
settings.DATABASES["default"].update(json.loads(sys.argv.pop(1)))
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "path", "status"),
    [
        ("zh_CN.UTF-8", ROSTERS / "b_gbk_csv.csv", 0),
        ("en", ROSTERS / "d_dirty_codes.xlsx", 1),
        ("C", "没有.xlsx", 2),
    ],
)
def test_standard_output_holds_the_answer_and_nothing_else(
    language: str, path: object, status: int
) -> None:
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = json.dumps({name: connection.settings_dict[name] for name in names})
    ended = subprocess.run(
        [sys.executable, "-c", TYPED, database, "inspect_sheet", str(path), "--json"],
        cwd=ROOT,
        env={**os.environ, "LANG": language, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == status
    assert "Traceback" not in ended.stderr
    if status == 2:
        assert ended.stdout == ""
        assert ended.stderr.strip() == "打不开文件 没有.xlsx，请核对路径。"
    else:
        answer = json.loads(ended.stdout)
        problems = [p for row in answer["tables"][0]["rows"] for p in row["problems"]]
        assert any("check digit" in one["message"] for one in problems) == (language == "en")
