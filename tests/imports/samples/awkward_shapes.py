"""Awkward by shape: titles, headers of several rows, merges, groups, footers, several tables."""

from tests.imports.samples.awkward import Awkward, Truth, awkward, code, firm, person, phone
from tests.imports.samples.binary import xls, xlsb
from tests.imports.samples.writers import (
    Cell,
    Rows,
    Sheet,
    delimited,
    ods,
    web_page,
    xlsx,
    xml_table,
)


def _members(first: int, numbers: range) -> dict[int, dict[str, str | list[str]]]:
    return {first + i: {"name": firm(n), "credit_code": code(n)} for i, n in enumerate(numbers)}


def _plain(numbers: range) -> list[list[Cell]]:
    return [[i, firm(n), code(n)] for i, n in enumerate(numbers, start=1)]


HEADER = ["序号", "企业名称", "统一社会信用代码"]


@awkward
def title_and_instructions() -> Awkward:
    rows: Rows = [
        ["附件1"],
        ["青浦区商会会员企业信息采集表"],
        ["填表说明：1.企业名称须与营业执照一致；2.统一社会信用代码为18位；3.请于5月28日前报送。"],
        ["填报单位（盖章）：", None, "填报日期：      年   月   日"],
        HEADER,
        *_plain(range(4)),
        [None],
        ["合  计", "4家"],
        ["填报人：示例甲", None, "联系电话：021-59000000"],
        ["注：本表一式两份。"],
    ]
    merges = ["A1:C1", "A2:C2", "A3:C3", "A4:B4"]
    truth = Truth(_members(6, range(4)), 5, "Sheet1")
    return Awkward("标题和填表说明", "采集表.xlsx", xlsx(Sheet("Sheet1", rows, merges)), [truth])


@awkward
def three_row_header() -> Awkward:
    rows: Rows = [
        ["华新镇商会会员名册"],
        ["序号", "企业情况", None, None, None, "联系方式", None],
        [None, "基本信息", None, "经营情况", None, "联系人", None],
        [None, "企业名称", "统一社会信用代码", "注册资本（万元）", "所属行业", "姓名", "电话"],
        *[
            [i + 1, firm(i), code(i), 100 * (i + 1), "快递物流", person(i), phone(i)]
            for i in range(3)
        ],
    ]
    merges = ["A1:G1", "A2:A4", "B2:E2", "F2:G2", "B3:C3", "D3:E3", "F3:G3"]
    truth = Truth(
        {
            5 + i: {
                "name": firm(i),
                "credit_code": code(i),
                "capital_wan": str(100 * (i + 1)),
                "industry": "快递物流",
                "contact": person(i),
                "phone": phone(i),
            }
            for i in range(3)
        },
        4,
        "名册",
    )
    return Awkward("三行表头", "三行表头.xlsx", xlsx(Sheet("名册", rows, merges)), [truth])


@awkward
def two_row_header_without_merges() -> Awkward:
    rows: Rows = [
        ["序号", "企业基本信息", "", "", "联系人", ""],
        ["", "单位名称", "信用代码", "成立时间", "姓名", "手机"],
        *[
            [i + 1, firm(i), code(i), "2015年6月1日", person(i), f"1380000{i:04d}"]
            for i in range(3)
        ],
    ]
    truth = Truth(
        {
            3 + i: {
                "name": firm(i),
                "credit_code": code(i),
                "founded_on": "2015-06-01",
                "contact": person(i),
                "phone": f"1380000{i:04d}",
            }
            for i in range(3)
        },
        2,
    )
    content = delimited(rows, encoding="gb18030")
    return Awkward("没有合并的两行表头", "两行表头.csv", content, [truth])


@awkward
def two_legal_and_contact_groups() -> Awkward:
    rows: Rows = [
        ["序号", "企业名称", "法定代表人", None, "联系人", None],
        [None, None, "姓名", "联系电话", "姓名", "联系电话"],
        *[[i + 1, firm(i), person(i), phone(i), person(i + 1), phone(i + 50)] for i in range(3)],
    ]
    truth = Truth(
        {
            3 + i: {
                "name": firm(i),
                "legal_representative": person(i),
                "contact": person(i + 1),
                "phone": phone(i + 50),
            }
            for i in range(3)
        },
        2,
        "会员",
    )
    merges = ["A1:A2", "B1:B2", "C1:D1", "E1:F1"]
    return Awkward(
        "法人和联系人各有姓名电话", "会员.xls", xls(Sheet("会员", rows, merges)), [truth]
    )


@awkward
def index_row_of_stems() -> Awkward:
    rows: Rows = [
        ["会员企业情况统计表"],
        [*HEADER, "从业人数"],
        ["甲", "乙", "丙", 1],
        *[[*row, 20 + i] for i, row in enumerate(_plain(range(3)))],
        ["合计", None, None, 63],
    ]
    truth = Truth(
        {row: {**v, "staff_count": str(16 + row)} for row, v in _members(4, range(3)).items()},
        2,
        "统计表",
    )
    return Awkward("甲乙丙栏次", "统计表.xlsx", xlsx(Sheet("统计表", rows, ["A1:D1"])), [truth])


@awkward
def index_row_of_numbers() -> Awkward:
    rows: Rows = [HEADER, ["（1）", "（2）", "（3）"], *_plain(range(3))]
    return Awkward(
        "数字栏次",
        "栏次.xlsx",
        xlsx(Sheet("Sheet1", rows)),
        [Truth(_members(3, range(3)), 1, "Sheet1")],
    )


@awkward
def hints_and_example_under_header() -> Awkward:
    rows: Rows = [
        ["序号", "企业名称*", "统一社会信用代码*", "入会时间"],
        ["", "必填，与营业执照一致", "必填，18位", "选填，如：2024-05-28"],
        ["示例", "上海某某有限公司", "91310118XXXXXXXXXX", "2024-05-28"],
        *[[i + 1, firm(i), code(i), "2020-01-02"] for i in range(2)],
    ]
    truth = Truth(
        {row: {**v, "joined_on": "2020-01-02"} for row, v in _members(4, range(2)).items()},
        1,
        "模板",
    )
    return Awkward("填写要求和示例行", "模板.xlsx", xlsx(Sheet("模板", rows)), [truth])


@awkward
def group_rows_merged() -> Awkward:
    rows: Rows = [
        HEADER,
        ["快递物流（2家）"],
        *_plain(range(2)),
        ["高端制造（2家）"],
        *_plain(range(2, 4)),
        ["合计：4家"],
    ]
    truth = Truth({**_members(3, range(2)), **_members(6, range(2, 4))}, 1, "分行业")
    sheet = Sheet("分行业", rows, ["A2:C2", "A5:C5", "A8:C8"])
    return Awkward("合并的分组行", "分组.xlsx", xlsx(sheet), [truth])


@awkward
def group_rows_plain() -> Awkward:
    rows: Rows = [
        ["商会理事会名单"],
        ["单位名称", "信用代码", "联系人"],
        ["一、会长单位", None, None],
        [firm(1), code(1), person(1)],
        ["二、副会长单位", None, None],
        [firm(2), code(2), person(2)],
        [firm(3), None, None],
        ["三、理事单位", None, None],
        [firm(4), code(4), person(4)],
    ]
    truth = Truth(
        {
            4: {"name": firm(1), "credit_code": code(1), "contact": person(1)},
            6: {"name": firm(2), "credit_code": code(2), "contact": person(2)},
            7: {"name": firm(3), "credit_code": "", "contact": ""},
            9: {"name": firm(4), "credit_code": code(4), "contact": person(4)},
        },
        2,
        "理事会",
    )
    return Awkward("没有合并的分组行", "理事会.xls", xls(Sheet("理事会", rows)), [truth])


@awkward
def town_merged_downwards() -> Awkward:
    rows: Rows = [
        ["街镇", "企业名称", "统一社会信用代码"],
        ["华新镇", firm(0), code(0)],
        [None, firm(1), code(1)],
        [None, firm(2), code(2)],
        ["徐泾镇", firm(3), code(3)],
        [None, firm(4), code(4)],
    ]
    towns = ("华新镇", "徐泾镇")
    truth = Truth(
        {r: {**v, "town": towns[r > 4]} for r, v in _members(2, range(5)).items()}, 1, "名册"
    )
    sheet = Sheet("名册", rows, ["A2:A4", "A5:A6"])
    return Awkward("向下合并的街镇", "合并.xlsx", xlsx(sheet), [truth], towns=towns)


@awkward
def town_merged_downwards_ods() -> Awkward:
    rows: Rows = [
        ["街镇", "企业名称", "统一社会信用代码"],
        ["重固镇", firm(0), code(0)],
        [None, firm(1), code(1)],
        ["白鹤镇", firm(2), code(2)],
    ]
    towns = ("重固镇", "白鹤镇")
    truth = Truth(
        {r: {**v, "town": towns[r > 3]} for r, v in _members(2, range(3)).items()}, 1, "名册"
    )
    content = ods(Sheet("名册", rows, ["A2:A3"]))
    return Awkward("ODS里向下合并的街镇", "合并.ods", content, [truth], towns=towns)


@awkward
def firm_merged_over_contacts() -> Awkward:
    rows: Rows = [
        ["序号", "企业名称", "统一社会信用代码", "联系人", "联系电话"],
        [1, firm(0), code(0), person(0), phone(0)],
        [None, None, None, person(1), phone(1)],
        [2, firm(2), code(2), person(2), phone(2)],
    ]
    merges = ["A2:A3", "B2:B3", "C2:C3"]
    truth = Truth(
        {
            2: {"name": firm(0), "credit_code": code(0), "contact": person(0), "phone": phone(0)},
            3: {"name": firm(0), "credit_code": code(0), "contact": person(1), "phone": phone(1)},
            4: {"name": firm(2), "credit_code": code(2), "contact": person(2), "phone": phone(2)},
        },
        1,
        "名册",
    )
    return Awkward("一家企业两个联系人", "合并.xls", xls(Sheet("名册", rows, merges)), [truth])


@awkward
def records_two_rows_high() -> Awkward:
    rows: Rows = [HEADER]
    merges = []
    for i, row in enumerate(_plain(range(3))):
        rows = [*rows, row, [None, None, None]]
        merges += [f"{letter}{2 * i + 2}:{letter}{2 * i + 3}" for letter in "ABC"]
    truth = Truth({2 * i + 2: v for i, v in enumerate(_members(0, range(3)).values())}, 1, "名册")
    return Awkward("每条记录占两行", "两行高.xlsx", xlsx(Sheet("名册", rows, merges)), [truth])


@awkward
def starts_in_the_middle() -> Awkward:
    rows: Rows = [
        [],
        [],
        [None, None, "会员名册"],
        [],
        [None, None, *HEADER],
        [None, None, *_plain(range(3))[0]],
        [],
        [None, None, *_plain(range(3))[1]],
        [],
        [None, None, *_plain(range(3))[2]],
    ]
    truth = Truth({6 + 2 * i: v for i, v in enumerate(_members(0, range(3)).values())}, 5, "Sheet1")
    return Awkward("从C5开始、有空行", "空行.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def no_header_at_all() -> Awkward:
    rows: Rows = [[firm(i), code(i), person(i), phone(i)] for i in range(5)]
    truth = Truth(
        {i + 1: {"name": firm(i), "credit_code": code(i), "phone": phone(i)} for i in range(5)},
        0,
        "Sheet1",
    )
    return Awkward("没有表头", "无表头.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def no_header_but_title() -> Awkward:
    rows: Rows = [
        ["华新镇商会会员单位"],
        *[[i + 1, firm(i), code(i), phone(i)] for i in range(5)],
    ]
    truth = Truth(
        {i + 2: {"name": firm(i), "credit_code": code(i), "phone": phone(i)} for i in range(5)},
        0,
    )
    return Awkward("有标题没有表头", "无表头.csv", delimited(rows, encoding="gb18030"), [truth])


@awkward
def names_only() -> Awkward:
    rows: Rows = [["会员单位名称"], *[[firm(i)] for i in range(6)]]
    truth = Truth({i + 2: {"name": firm(i)} for i in range(6)}, 1)
    return Awkward("只有一列名称", "名称.txt", delimited(rows), [truth])


@awkward
def two_chambers_stacked() -> Awkward:
    rows: Rows = [
        ["华新镇商会会员名册"],
        HEADER,
        *_plain(range(3)),
        ["合计", "3家"],
        [],
        ["徐泾镇商会会员名册"],
        HEADER,
        *_plain(range(3, 5)),
    ]
    truths = [
        Truth(_members(3, range(3)), 2, "名册"),
        Truth(_members(10, range(3, 5)), 9, "名册"),
    ]
    sheet = Sheet("名册", rows, ["A1:C1", "A8:C8"])
    return Awkward("一张表里上下两个商会", "两个商会.xlsx", xlsx(sheet), truths)


@awkward
def members_above_honours() -> Awkward:
    rows: Rows = [
        HEADER,
        *_plain(range(3)),
        [],
        ["二、所获荣誉"],
        ["序号", "获奖单位", "荣誉名称", "级别", "颁发单位", "获得时间"],
        [1, firm(0), "四好商会示范单位", "市级", "上海市工商联", "2023年12月1日"],
    ]
    truths = [
        Truth(_members(2, range(3)), 1, "Sheet1"),
        Truth(
            {
                8: {
                    "holder": firm(0),
                    "title": "四好商会示范单位",
                    "level": "市",
                    "issuer": "上海市工商联",
                    "awarded_on": "2023-12-01",
                }
            },
            7,
            "Sheet1",
            "honours",
        ),
    ]
    return Awkward("会员表下面是荣誉表", "上下两表.xlsx", xlsx(Sheet("Sheet1", rows)), truths)


@awkward
def one_sheet_per_town() -> Awkward:
    sheets = [
        Sheet("华新镇", [["华新镇"], HEADER, *_plain(range(2))], ["A1:C1"]),
        Sheet("徐泾镇", [HEADER, *_plain(range(2, 5))]),
        Sheet("作废", [HEADER, *_plain(range(5, 7))], hidden=True),
        Sheet("Sheet4", [[]]),
        Sheet("行业代码", [["代码", "门类"], ["A", "农林牧渔"], ["C", "制造"]]),
    ]
    truths = [
        Truth(_members(3, range(2)), 2, "华新镇"),
        Truth(_members(2, range(2, 5)), 1, "徐泾镇"),
    ]
    return Awkward("每个街镇一张工作表", "各镇.xlsx", xlsx(*sheets), truths)


@awkward
def side_by_side() -> Awkward:
    rows: Rows = [
        ["会员名单"],
        ["序号", "企业名称", "职务", None, "序号", "企业名称", "职务"],
        [1, firm(0), "会长", None, 4, firm(3), "理事"],
        [2, firm(1), "副会长", None, 5, firm(4), "会员"],
        [3, firm(2), "理事", None, None, None, None],
    ]
    left = ("会长", "副会长", "理事")
    truths = [
        Truth({3 + i: {"name": firm(i), "position": left[i]} for i in range(3)}, 2, "名单"),
        Truth(
            {3 + i: {"name": firm(3 + i), "position": ("理事", "会员")[i]} for i in range(2)},
            2,
            "名单",
        ),
    ]
    return Awkward("左右两栏", "两栏.xlsx", xlsx(Sheet("名单", rows, ["A1:G1"])), truths)


@awkward
def header_repeated_on_pages() -> Awkward:
    rows: Rows = [
        HEADER,
        *_plain(range(2)),
        HEADER,
        *_plain(range(2, 4)),
        HEADER,
        *_plain(range(4, 6)),
    ]
    values = [*_members(0, range(6)).values()]
    truth = Truth(dict(zip((2, 3, 5, 6, 8, 9), values, strict=True)), 1, "名册")
    return Awkward("每页重复表头", "分页.xlsx", xlsx(Sheet("名册", rows)), [truth])


@awkward
def summary_above_the_list() -> Awkward:
    rows: Rows = [
        ["会员情况汇总"],
        ["会员总数", "理事以上", "年度新增"],
        [5, 2, 1],
        [],
        ["会员名册"],
        HEADER,
        *_plain(range(5)),
    ]
    truth = Truth(_members(7, range(5)), 6, "Sheet1")
    return Awkward("名册上方有汇总", "汇总.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def remarks_beside_the_table() -> Awkward:
    rows: Rows = [
        [*HEADER, None, None, "说明"],
        [*_plain(range(3))[0], None, None, "1.请核对代码"],
        [*_plain(range(3))[1]],
        [*_plain(range(3))[2]],
        [None, None, None, None, None, "2.有问题请联系商会"],
    ]
    truth = Truth(_members(2, range(3)), 1, "Sheet1")
    return Awkward("表格右侧有说明", "旁注.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def prefilled_numbers() -> Awkward:
    rows: Rows = [HEADER, *_plain(range(2)), *[[n, None, None] for n in range(3, 31)]]
    truth = Truth(_members(2, range(2)), 1, "Sheet1")
    return Awkward("序号预先填好", "序号.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def duplicate_and_blank_headers() -> Awkward:
    rows: Rows = [
        ["序号", "企业名称", "", "备注", "备注", "联系电话"],
        *[[i + 1, firm(i), code(i), "重点企业", "", phone(i)] for i in range(4)],
    ]
    truth = Truth(
        {
            i + 2: {
                "name": firm(i),
                "credit_code": code(i),
                "note": "重点企业",
                "phone": phone(i),
            }
            for i in range(4)
        },
        1,
    )
    return Awkward("重名和空白的表头", "重名.csv", delimited(rows, encoding="utf-8-sig"), [truth])


@awkward
def binary_workbook() -> Awkward:
    rows: Rows = [["名册"], HEADER, *_plain(range(3)), ["合计", "3家"]]
    truth = Truth(_members(3, range(3)), 2, "名册")
    return Awkward("xlsb", "名册.xlsb", xlsb(Sheet("名册", rows)), [truth])


@awkward
def web_page_with_spans() -> Awkward:
    rows: Rows = [
        ["华新镇商会会员名册", None, None],
        ["街镇", "企业名称", "统一社会信用代码"],
        ["华新镇", firm(0), code(0)],
        [None, firm(1), code(1)],
    ]
    truth = Truth({r: {**v, "town": "华新镇"} for r, v in _members(3, range(2)).items()}, 2, "")
    content = web_page(rows, ["A1:C1", "A3:A4"])
    return Awkward("网页存成的xls", "导出.xls", content, [truth], towns=("华新镇",))


@awkward
def xml_of_2003() -> Awkward:
    rows: Rows = [["会员名册"], HEADER, *_plain(range(3))]
    truth = Truth(_members(3, range(3)), 2, "名册")
    content = xml_table(Sheet("名册", rows, ["A1:C1"]))
    return Awkward("XML电子表格2003", "导出.xls", content, [truth])


@awkward
def wrong_extension() -> Awkward:
    rows: Rows = [HEADER, *_plain(range(3))]
    truth = Truth(_members(2, range(3)), 1, "名册")
    return Awkward("xls改名成xlsx", "名册.xlsx", xls(Sheet("名册", rows)), [truth])
