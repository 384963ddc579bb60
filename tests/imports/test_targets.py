"""Each clean text becomes the model's value, or a problem that says what to write."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from chambers.models import Enterprise, Membership, Position
from imports.plans.rows import SheetRow
from imports.plans.targets import POSITION_WORDS, TARGETS, Unfit, read_row
from imports.reading.vocabulary import PLANS

BY_NAME = {target.name: target for target in TARGETS}


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("position", "常务副会长", "standing_vice_president"),
        ("capital_wan", "500", Decimal("500.0000")),
        ("capital_wan", "0.00005", Decimal("0.0000")),
        ("capital_wan", "999999999999.9999", Decimal("999999999999.9999")),
        ("staff_count", "0", 0),
        ("staff_count", "2147483647", 2147483647),
        ("joined_on", "2021-03-01", date(2021, 3, 1)),
        ("credit_code", "91110000802100433B", "91110000802100433B"),
        ("name", "长" * 200, "长" * 200),
    ],
)
def test_a_fit_text_is_read(field: str, text: str, value: Any) -> None:
    assert BY_NAME[field].read(text) == value


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("position", "名誉会长", "职务名单"),
        ("position", "", "职务名单"),
        ("capital_wan", "五百", "不是数"),
        ("capital_wan", "NaN", "范围"),
        ("capital_wan", "1E400", "不是数"),
        ("capital_wan", "-1", "范围"),
        ("capital_wan", "1000000000000", "范围"),
        ("staff_count", "-3", "不是整数"),
        ("staff_count", "12.5", "不是整数"),
        ("staff_count", "²", "不是整数"),
        ("staff_count", "2147483648", "范围"),
        ("joined_on", "2021-03", "完整的日期"),
        ("joined_on", "2021-02-30", "完整的日期"),
        ("founded_on", "很久以前", "完整的日期"),
        ("credit_code", "9.13E+17", "18位"),
        ("credit_code", "九" * 18, "18位"),
        ("name", "长" * 201, "200"),
        ("contact", "名" * 61, "60"),
        ("phone", "1" * 61, "60"),
        ("address", "路" * 301, "300"),
        ("industry", "业" * 101, "100"),
        ("note", "注" * 501, "500"),
    ],
)
def test_an_unfit_text_is_refused_in_words(field: str, text: str, words: str) -> None:
    with pytest.raises(Unfit, match=words):
        BY_NAME[field].read(text)


def test_every_field_of_the_sheet_that_is_imported_fits_its_model() -> None:
    for target in TARGETS:
        model_field: Any = target.model._meta.get_field(target.attribute)
        longest = {"name": 200, "credit_code": 18}.get(target.name, model_field.max_length)
        assert model_field.max_length == longest
        assert PLANS["members"].column(target.name)
    assert {target.model for target in TARGETS} == {Enterprise, Membership}


def test_every_position_of_the_ladder_has_its_word() -> None:
    assert set(POSITION_WORDS.values()) == set(Position)


def test_a_cell_that_only_is_too_long_does_not_keep_the_row_out() -> None:
    row = SheetRow(1, "", 2, {"name": "上海甲有限公司", "note": "注" * 501, "staff_count": "多"})
    values, problems = read_row(row)
    assert values == {"name": "上海甲有限公司"}
    assert {one["field"]: one["level"] for one in problems} == {
        "note": "warning",
        "staff_count": "error",
    }
