"""Management commands refuse in one sentence, in the language of whoever typed them."""

from __future__ import annotations

import pytest

from demo.management.commands.seed_demo import Command


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh_CN.UTF-8", "参数 --activities 不能是“x”。全部参数：加上 --help 查看\n"),
        ("en_US.UTF-8", "argument --activities: invalid int value: 'x'. All options: add --help\n"),
    ],
)
def test_a_wrong_option_is_one_sentence_and_no_page_of_options(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, told: str
) -> None:
    monkeypatch.setenv("LANG", lang)
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["./run manage", "seed_demo", "--activities", "x"])
    assert ended.value.code == 2
    assert capsys.readouterr().err == told
