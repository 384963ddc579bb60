"""Credit codes: two check digits, repair only when both prove it, a reason for everything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import credit_code
from core.credit_code import ALPHABET, CreditCode, Reason, check, read, repair

GOOD = "91310118MACF422027"


def made(organisation: str) -> str:
    body = "91310118" + organisation
    body += credit_code.organisation_check_digit(organisation)
    return body + credit_code.check_digit(body)


@pytest.mark.parametrize("code", ["91110000802100433B", "914403001922038216", GOOD])
def test_issued_codes_are_valid(code: str) -> None:
    assert check(code) is None


def test_code_of_the_standard_that_is_not_valid() -> None:
    assert credit_code.check_digit("91350100M000100Y4") == "3"
    assert read("91350100M000100Y4Z").code == ""


@pytest.mark.parametrize(
    ("typed", "code", "reason"),
    [
        (GOOD, GOOD, None),
        (GOOD.lower(), GOOD, None),
        ("９１３１０１１８ＭＡＣＦ４２２０２７", GOOD, None),
        (f" {GOOD} ", GOOD, None),
        ("91310118 MACF 4220 27", GOOD, None),
        ("9131O118MACF422027", GOOD, Reason.REPAIRED),
        ("9l310118MACF422027", GOOD, Reason.REPAIRED),
        ("9I310118MACF4Z2OZ7", GOOD, Reason.REPAIRED),
        (9.13101180000000e17, "", Reason.LOST_DIGITS),
        ("9.1310118E+17", "", Reason.LOST_DIGITS),
        (GOOD[:17], "", Reason.TOO_SHORT),
        (GOOD + "X", "", Reason.TOO_LONG),
        (f"'{GOOD}", GOOD, None),
        ("办理中", "", Reason.CHARACTERS),
        ("310118000123456", "", Reason.REGISTRATION_NUMBER),
        ("12345678-9", "", Reason.ORGANISATION_CODE),
        ("91310118MA1EL8GH9A", "91310118MA1EL8GH9A", Reason.WRONG_CHECK_DIGIT),
        ("913101180012346000", "", Reason.LOST_DIGITS),
        ("11010519491231002X", "", Reason.IDENTITY_NUMBER),
        (f"统一社会信用代码：{GOOD}（已换证）", GOOD, None),
    ],
)
def test_cell_is_read_as_a_code(typed: str | float, code: str, reason: Reason | None) -> None:
    found = read(typed)
    assert (found.code, found.reason) == (code, reason)


def test_empty_cell_says_nothing() -> None:
    assert read("") == CreditCode("")
    assert read("").explain() == ""


def test_wrong_organisation_digit_is_told_apart() -> None:
    organisation = GOOD[8:16] + ("1" if GOOD[16] != "1" else "2")
    body = GOOD[:8] + organisation
    assert check(body + credit_code.check_digit(body)) is Reason.WRONG_ORGANISATION_DIGIT


def test_every_reason_explains_itself_in_both_languages() -> None:
    for reason in Reason:
        chinese = credit_code.explain(reason, code=GOOD, original="310118000123456")
        english = credit_code.explain(reason, code=GOOD, original="1", language="en")
        assert chinese
        assert english
        assert chinese != english
    assert "15位" in credit_code.explain(Reason.REGISTRATION_NUMBER, original="310118000123456")


organisations = st.text(alphabet=ALPHABET, min_size=8, max_size=8)


@given(organisations, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_never_taken_for_valid(
    organisation: str, place: int, other: str
) -> None:
    code = made(organisation)
    changed = code[:place] + other + code[place + 1 :]
    assert changed == code or check(changed) is not None


@given(organisations, st.data())
def test_repair_gives_the_code_back_or_nothing(organisation: str, data: st.DataObject) -> None:
    code = made(organisation)
    confusable = [i for i, c in enumerate(code) if c in "0125"]
    place = data.draw(st.sampled_from(confusable))
    typed = code[:place] + {"0": "O", "1": "I", "2": "Z", "5": "S"}[code[place]] + code[place + 1 :]
    assert repair(typed) in {code, None}


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = read(text)
    assert found.code == "" or len(found.code) == 18
