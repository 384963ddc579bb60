"""Columns about private persons are named, and nothing of them leaves the reading process."""

import json

import pytest

from imports.cleaning.values import words
from imports.reading import child
from imports.reading.corrections import Corrections
from imports.reading.exchange import Options
from imports.reading.inspect import inspect_file
from imports.reading.kept import unpack
from imports.reading.messages import Refused
from imports.reading.personal import is_personal_header
from tests.imports.samples.awkward import code, firm
from tests.imports.samples.binary import xls
from tests.imports.samples.writers import Rows, Sheet, delimited, web_page, xlsx, xml_table

# Test numbers of the standard (GB 11643-1999), no person's.
IDENTITY = "11010519491231002X"
CANARIES = ("金丝雀族", "金丝雀教", "金丝雀路1号", IDENTITY, "金丝雀党")
ROWS: Rows = [
    ["企业名称", "统一社会信用代码", "民族", "宗教信仰", "家庭住址", "证件", "党派", "备注"],
    [firm(0), code(0), *CANARIES[:3], IDENTITY, CANARIES[4], f"证号{IDENTITY}"],
    [firm(1), code(1), *CANARIES[:3], IDENTITY.lower(), CANARIES[4], ""],
    [firm(2), IDENTITY, *CANARIES[:3], IDENTITY, CANARIES[4], ""],
    ["", "", *CANARIES[:3], "", "", ""],
    ["合计", "", CANARIES[0], "", "", "", "", ""],
    ["一、理事单位", "", "", "", "", "", CANARIES[4], ""],
]
FILES = {
    "a.xlsx": xlsx(Sheet("名册", ROWS)),
    "a.xls": xls(Sheet("名册", ROWS)),
    "b.xls": web_page(ROWS),
    "c.xls": xml_table(Sheet("名册", ROWS)),
    "a.csv": delimited(ROWS, encoding="gb18030"),
}


@pytest.mark.parametrize("name", FILES)
def test_no_byte_of_a_personal_column_leaves_the_process(name: str) -> None:
    printed = json.dumps(child._answer(FILES[name], Options(name)), ensure_ascii=False)
    assert firm(1) in printed
    for canary in CANARIES:
        assert canary not in printed
        assert canary.lower() not in printed


def test_particulars_written_into_one_cell_with_others_do_not_leave_it() -> None:
    told = [f"联系人：示例甲；民族：{CANARIES[0]}；电话：1380000000{n}" for n in range(3)]
    rows: Rows = [["企业名称", "企业信息"], *([firm(n), text] for n, text in enumerate(told))]
    answered = child._answer(xlsx(Sheet("甲", rows)), Options("a.xlsx", keep=True))
    kept = answered.pop("kept")
    assert CANARIES[0] not in json.dumps(answered, ensure_ascii=False)
    assert CANARIES[0] not in json.dumps(unpack(kept), ensure_ascii=False)
    (table,) = inspect_file(xlsx(Sheet("甲", rows)), "a.xlsx").tables
    assert table.left_out == ["民族"]
    assert table.values["phone"] == ["13800000000", "13800000001", "13800000002"]


@pytest.mark.parametrize("name", FILES)
def test_what_was_left_out_is_named(name: str) -> None:
    (table,) = inspect_file(FILES[name], name).tables
    assert table.left_out == ["民族", "宗教信仰", "家庭住址", "证件", "党派"]
    assert "“证件”列里是身份证号，属个人信息，不导入、不保存" in table.sentences()


def test_an_identity_number_in_place_of_a_code_is_an_error_without_the_number() -> None:
    (table,) = inspect_file(FILES["a.xlsx"], "a.xlsx").tables
    row = next(r for r in table.rows() if r.number == 4)
    assert row.values["credit_code"] == ""
    (problem,) = row.problems
    assert problem.message.code == "identity_removed"
    assert IDENTITY not in problem.text()


def test_a_personal_column_cannot_be_mapped_by_hand() -> None:
    chosen = inspect_file(
        FILES["a.xlsx"], "a.xlsx", "members", corrections=Corrections(fields={"民族": "note"})
    )
    (table,) = chosen.tables
    assert "民族" in table.left_out
    assert CANARIES[0] not in json.dumps(table.as_json(), ensure_ascii=False)


@pytest.mark.parametrize(
    "header",
    [
        *words(
            "民族 宗教信仰 政治面貌 党派 所属党派 身份证号 身份证号码 公民身份号码 家庭住址"
            " 家庭地址 住址 籍贯 户籍地址 出生年月 出生日期 性别 年龄 学历 毕业院校 婚姻状况"
            " 入党时间"
            " 健康状况 国籍 银行卡号 个人简历 *民族 家庭主要成员",
        ),
        "民 族",
        "政治\n面貌",
        "身份证号（18位）",
    ],
)
def test_header_of_personal_particulars_is_known(header: str) -> None:
    assert is_personal_header(header)


@pytest.mark.parametrize(
    "header",
    [
        "企业名称",
        "地址",
        "注册地址",
        "联系人",
        "职务",
        "企业性质",
        "党建品牌",
        "少数民族企业数",
        "证照编号",
        "经营地址",
    ],
)
def test_ordinary_header_is_not_personal(header: str) -> None:
    assert not is_personal_header(header)


def test_a_column_under_a_personal_group_goes_too() -> None:
    rows: Rows = [
        ["企业名称", "家庭情况", None],
        [None, "成员", "电话"],
        [firm(0), "金丝雀甲", "13800000000"],
        [firm(1), "金丝雀乙", "13900000000"],
    ]
    content = xlsx(Sheet("Sheet1", rows, ["A1:A2", "B1:C1"]))
    (table,) = inspect_file(content, "a.xlsx").tables
    assert table.left_out == ["成员", "电话"]
    assert [row.values for row in table.rows()] == [{"name": firm(0)}, {"name": firm(1)}]


def test_a_file_of_nothing_but_people_gives_no_table() -> None:
    rows: Rows = [["姓名", "身份证号"], ["示例甲", IDENTITY], ["示例乙", IDENTITY]]
    found = inspect_file(xlsx(Sheet("Sheet1", rows)), "人.xlsx")
    assert found.tables == []
    with pytest.raises(Refused):
        inspect_file(b"", "人.xlsx")
