"""Whatever becomes of the reading process, the caller gets an answer or one sentence."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from imports.reading import child, isolation, limits
from imports.reading.corrections import Corrections
from imports.reading.exchange import Options, lines_of, put_together
from imports.reading.inspect import inspect_file
from imports.reading.isolation import read_isolated
from imports.reading.messages import Refused
from tests.imports.samples.hostile import counted_strings
from tests.imports.samples.writers import Sheet, delimited, xlsx

ROOT = Path(__file__).resolve().parents[2]


def _child_of(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put another program in the place of the reading process."""
    run = subprocess.run

    def changed(command: list[str], **kept: Any) -> Any:
        return run([sys.executable, "-c", program, *command[4:]], **kept)

    monkeypatch.setattr(subprocess, "run", changed)


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGABRT)", "unreadable"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "unreadable"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "took_too_long"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "took_too_long"),
        ("raise SystemExit(1)", "unreadable"),
        ("print('no json')", "unreadable"),
        ("print('[1]')", "unreadable"),
        ("""print('{"patience": true}')""", "unreadable"),
        ("""print('{"refused": ["damaged", {}]}')""", "damaged"),
    ],
)
def test_end_of_the_process_becomes_a_sentence(
    program: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _child_of(program, monkeypatch)
    with pytest.raises(Refused) as refusal:
        read_isolated(b"a,b", Options())
    assert refusal.value.message.code == code


def test_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    _child_of("import time; time.sleep(60)", monkeypatch)
    monkeypatch.setattr(limits, "CHILD_WALL_SECONDS", 0.5)
    with pytest.raises(Refused) as refusal:
        read_isolated(b"a,b", Options())
    assert refusal.value.message.code == "took_too_long"


def test_the_patient_reader_follows_when_the_quick_parser_aborts() -> None:
    (table,) = inspect_file(counted_strings(), "abort.xlsx").tables
    assert [row.values["name"] for row in table.rows()] == ["甲公司"]


def test_the_process_limits_its_memory_and_time() -> None:
    program = (
        "import resource as r, imports.reading.child as c; c._limit_myself();"
        "print(*(r.getrlimit(k)[0] for k in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_CORE)))"
    )
    command = [sys.executable, "-c", program]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    memory, seconds, core = map(int, told.split())
    assert (memory, seconds, core) == (limits.CHILD_MEMORY_BYTES, limits.CHILD_CPU_SECONDS, 0)


def test_the_process_knows_neither_django_nor_the_office_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setenv("SECRET_KEY", "secret")
    assert not {"DATABASE_URL", "SECRET_KEY"} & set(isolation._environment())
    program = "import sys, imports.reading.child; print('django' in sys.modules)"
    command = [sys.executable, "-c", program]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.strip() == "False"


@pytest.mark.slow
def test_a_hundred_thousand_rows_stay_within_300_mb() -> None:
    rows = [["企业名称", "联系电话", "备注"]]
    rows += [[f"上海示例{n}号有限公司", f"021-5{n:07d}", "示例"] for n in range(100_000)]
    # VmHWM is of this program alone; ru_maxrss begins with the peak of the process that started it.
    program = (
        "import re, sys; from imports.reading.inspect import inspect_file;"
        "i = inspect_file(sys.stdin.buffer.read(), 'big.csv');"
        "count = sum(1 for t in i.tables for r in t.rows());"
        "peak = re.search(r'VmHWM:\\s+(\\d+) kB', open('/proc/self/status').read());"
        "print(count, int(peak.group(1)) // 1024)"
    )
    command = [sys.executable, "-c", program]
    told = subprocess.run(
        command, cwd=ROOT, input=delimited(rows), capture_output=True, check=True
    ).stdout
    count, megabytes = map(int, told.split())
    assert count == 100_000
    assert megabytes < 300


@pytest.mark.parametrize("lost", [1, 30, 120])
def test_an_answer_of_which_a_part_is_missing_is_none(lost: int) -> None:
    """A process that dies while it answers leaves some of the lines, and some of the cells."""
    content = xlsx(Sheet("名册", [["企业名称", "职务"], ["上海示例有限公司", "会员"]]))
    answered = child._answer(content, Options("a.xlsx", keep=True))
    kept = answered.pop("kept")
    whole = "".join(lines_of(answered, len(kept))).encode() + kept
    told, cells = put_together(BytesIO(whole))
    assert told == json.loads(json.dumps(answered)) and cells == kept
    assert put_together(BytesIO(whole[:-lost])) == (None, b"")
    assert put_together(BytesIO(whole[: -len(kept) - lost])) == (None, b"")


def test_a_sheet_set_by_hand_follows_the_person() -> None:
    rows = [["名单"], ["甲", "乙"], ["上海示例有限公司", "示例甲"]]
    content = xlsx(Sheet("Sheet1", rows))
    chosen = inspect_file(
        content,
        plan="members",
        corrections=Corrections(
            header_rows={"Sheet1": [2]}, fields={"甲": "name", "乙": "contact"}
        ),
    )
    (table,) = chosen.tables
    assert table.table.header_row == 2
    assert [row.values for row in table.rows()] == [
        {"name": "上海示例有限公司", "contact": "示例甲"}
    ]
