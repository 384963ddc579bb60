"""Names, phones, positions, towns and other words, cleaned as a clerk would."""

import pytest

from imports.cleaning.choices import (
    clean_level,
    clean_mode,
    clean_position,
    clean_post,
    clean_town,
    clean_yes_no,
)
from imports.cleaning.phones import clean_phone, without_phone
from imports.cleaning.texts import (
    clean_credit_code,
    clean_line,
    clean_list,
    clean_member_name,
    clean_name,
    clean_person,
)
from imports.cleaning.values import Cell, Cleaned, Context, Finding
from imports.reading.columns import Column
from imports.reading.messages import CATALOGUE, Message
from imports.reading.vocabulary import PLANS

PLAIN = Context()
TOWNS = Context(towns=("夏阳街道", "华新镇", "朱家角镇"))
NAME = PLANS["members"].column("name")


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("typed", "number", "said"),
    [
        ("021-59098418", "021-59098418", []),
        ("（021）59098418", "021-59098418", []),
        ("021 5909 8418", "021-59098418", []),
        ("０２１—５９０９８４１８", "021-59098418", []),
        ("021-59098418转801", "021-59098418-801", []),
        (13800000000, "13800000000", []),
        ("138-0000-0000", "13800000000", []),
        ("+86 13800000000", "13800000000", []),
        ("+86-21-59098418", "021-59098418", []),
        ("手机：13800000000", "13800000000", []),
        ("13800000000 13900000000", "13800000000、13900000000", []),
        ("13800000000/021-59098418", "13800000000/021-59098418", []),
        ("400-800-1234", "400-800-1234", []),
        (2159098418, "02159098418", ["phone_zero_lost"]),
        ("138****0000", "", ["phone_hidden"]),
        ("1380000000", "1380000000", ["phone_length"]),
        ("见官网", "", ["not_a_phone"]),
        (0, "", []),
    ],
)
def test_phone_as_typed(typed: Cell, number: str, said: list[str]) -> None:
    cleaned = clean_phone(typed, PLAIN)
    assert (cleaned.value, codes(cleaned.findings)) == (number, said)


def test_a_name_is_parted_from_the_number_behind_it() -> None:
    assert without_phone("示例甲 13800000000") == "示例甲"
    assert clean_person("示例　甲（021-59098418）", PLAIN).value == "示例甲"


@pytest.mark.parametrize(
    ("typed", "position", "said"),
    [
        ("副会长单位", "副会长", []),
        ("常务副会长", "常务副会长", []),
        ("轮值会长", "会长", []),
        ("普通会员", "会员", []),
        ("理　事", "理事", []),
        ("副会长兼秘书长", "副会长", ["position_several"]),
        ("总经理", "", ["position_not_of_chamber"]),
        ("党支部书记", "", ["position_not_of_chamber"]),
        ("召集人", "召集人", ["position_unknown"]),
    ],
)
def test_position_as_typed(typed: str, position: str, said: list[str]) -> None:
    cleaned = clean_position(typed, PLAIN)
    assert (cleaned.value, codes(cleaned.findings)) == (position, said)


def test_a_party_post_is_neither_kept_nor_quoted() -> None:
    cleaned = clean_position("副会长、党支部书记", PLAIN)
    assert cleaned.value == "副会长"
    assert "书记" not in str(cleaned.findings)


@pytest.mark.parametrize(
    ("typed", "town", "said"),
    [
        ("华新", "华新镇", []),
        ("上海市青浦区华新镇", "华新镇", []),
        ("青浦区夏阳街道", "夏阳街道", []),
        ("朱家角", "朱家角镇", []),
        ("九亭镇", "九亭镇", ["town_unknown"]),
    ],
)
def test_town_by_the_names_of_the_district(typed: str, town: str, said: list[str]) -> None:
    cleaned = clean_town(typed, TOWNS)
    assert (cleaned.value, codes(cleaned.findings)) == (town, said)


def test_town_stays_as_typed_where_none_is_known() -> None:
    assert clean_town("华新", PLAIN) == Cleaned("华新")


@pytest.mark.parametrize(
    ("typed", "level"), [("国家级", "国家"), ("上海市", "市"), ("区级", "区"), ("镇级", "街镇")]
)
def test_level_of_an_honour(typed: str, level: str) -> None:
    assert clean_level(typed, PLAIN) == Cleaned(level)


@pytest.mark.parametrize(
    ("typed", "mode"), [("线上", "线上"), ("现场", "线下"), ("线上+线下", "线上线下")]
)
def test_mode_of_an_activity(typed: str, mode: str) -> None:
    assert clean_mode(typed, PLAIN) == Cleaned(mode)


def test_post_and_yes_or_no() -> None:
    assert clean_post("专职统战干事", PLAIN) == Cleaned("统战干事")
    assert clean_yes_no("√", PLAIN) == Cleaned("是")
    assert clean_yes_no("兼职", PLAIN) == Cleaned("否")
    assert codes(clean_yes_no("也许", PLAIN).findings) == ["not_yes_or_no"]
    assert codes(clean_mode("天上", PLAIN).findings) == ["choice_unknown"]


def test_list_of_hosts_by_any_separator() -> None:
    assert clean_list("华新镇商会、区工商联\n示例公司；", PLAIN).value == [
        "华新镇商会",
        "区工商联",
        "示例公司",
    ]


def test_name_keeps_brackets_and_rare_characters() -> None:
    assert clean_name("上海（集团）𠮷䶮有限公司", PLAIN) == Cleaned("上海（集团）𠮷䶮有限公司")
    assert clean_name("=cmd|'/C calc'!A0", PLAIN).value == "=cmd|'/C calc'!A0"


def test_name_too_long_is_an_error_and_never_cut() -> None:
    cleaned = clean_name("长" * 300, PLAIN)
    assert (cleaned.value, codes(cleaned.findings)) == ("", ["too_long"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [("????????", "unreadable_characters"), ("\u0410\u0412С科技有限公司", "look_alike_letters")],
)
def test_doubtful_name_is_kept_with_a_warning(typed: str, said: str) -> None:
    cleaned = clean_name(typed, PLAIN)
    assert (cleaned.value, codes(cleaned.findings)) == (typed, [said])


def test_post_behind_an_organisation_is_cut_only_where_the_header_says_so() -> None:
    typed = "上海示例有限公司总经理"
    assert clean_member_name(typed, Context(with_post=True)).value == "上海示例有限公司"
    assert clean_member_name(typed, PLAIN).value == typed


def test_line_breaks_inside_chinese_vanish() -> None:
    assert clean_line("快递\n物流", PLAIN).value == "快递物流"


@pytest.mark.parametrize(
    "nothing", ["-", "—", "/", "无", "N/A", "不详", "未知", "未标明", "空", "暂无"]
)
def test_placeholder_is_an_empty_value(nothing: str) -> None:
    assert NAME.clean(nothing, PLAIN) == Cleaned("")


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#NAME?"])
def test_error_of_a_formula_is_told(error: str) -> None:
    (finding,) = NAME.clean(error, PLAIN).findings
    assert finding.parameters == {"error": error}


def test_code_being_applied_for_is_only_a_remark() -> None:
    (finding,) = clean_credit_code("办理中", PLAIN).findings
    assert finding.level == "notice"


def test_every_sentence_exists_in_both_languages() -> None:
    for code, (chinese, english) in CATALOGUE.items():
        assert chinese, code
        assert (
            english.isascii()
            or "“" in english
            or "²" in english
            or "–" in english
            or "×" in english
        )


def test_message_speaks_both_languages() -> None:
    message = Message("required", {"title": "企业名称"})
    assert (str(message), message.text("en")) == ("缺少企业名称", "企业名称 is missing")


def test_column_explains_itself_in_both_languages() -> None:
    assert isinstance(NAME, Column)
    assert NAME.explain().startswith("企业名称：认得的表头有企业名称、单位名称")
    assert NAME.explain("en").startswith("Enterprise: recognised by")


def test_administrator_can_add_synonyms() -> None:
    plan = PLANS["members"].with_synonyms({"name": ["入园单位名录"]})
    assert plan.column("name").match("入园单位名录") > 0.9
    assert NAME.match("入园单位名录") < 0.9


@pytest.mark.parametrize(
    ("typed", "post", "said"),
    [
        ("专职统战干事", "统战干事", []),
        ("统战干事（兼）", "统战干事", []),
        ("村统战专干", "统战干事", []),
        ("党总支书记", "", ["choice_unknown"]),
    ],
)
def test_post_as_typed(typed: str, post: str, said: list[str]) -> None:
    cleaned = clean_post(typed, PLAIN)
    assert (cleaned.value, codes(cleaned.findings)) == (post, said)
    assert "书记" not in str(cleaned.findings)
