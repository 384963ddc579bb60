"""Awkward by value: dates, amounts, phones, positions, codes, personal columns, other plans."""

import datetime as dt

from tests.imports.samples.awkward import Awkward, Truth, awkward, code, firm, person, phone
from tests.imports.samples.binary import xls
from tests.imports.samples.writers import Rows, Sheet, delimited, xlsx

TOWNS = ("夏阳街道", "盈浦街道", "徐泾镇", "华新镇", "重固镇", "白鹤镇")


@awkward
def dates_of_every_kind() -> Awkward:
    typed: list[tuple[object, str, bool]] = [
        (dt.date(2024, 5, 28), "2024-05-28", False),
        ("2024年5月28日", "2024-05-28", False),
        ("2024.5.28", "2024-05-28", False),
        ("2024/5/28", "2024-05-28", False),
        ("20240528", "2024-05-28", False),
        (20240528, "2024-05-28", False),
        (45440, "2024-05-28", False),
        ("二〇二四年五月二十八日", "2024-05-28", False),
        ("２０２４－０５－２８", "2024-05-28", False),
        ("2024 年 5 月 28 日", "2024-05-28", False),
        ("2024.5", "2024-05-01", True),
        ("2024年5月", "2024-05-01", True),
        ("2024年", "2024-01-01", True),
        ("24.5.28", "2024-05-28", True),
        ("2024-02-30", "", True),
        ("5月28日", "", True),
        ("待定", "", True),
        ("—", "", False),
        (60, "", True),
        ("05/06/2024", "", True),
    ]
    rows: Rows = [
        ["企业名称", "入会时间"],
        *[[firm(i), value] for i, (value, _, _) in enumerate(typed)],
    ]
    truth = Truth(
        {i + 2: {"name": firm(i), "joined_on": iso} for i, (_, iso, _) in enumerate(typed)},
        1,
        "Sheet1",
        problems=frozenset((i + 2, "joined_on") for i, (_, _, odd) in enumerate(typed) if odd),
    )
    return Awkward("各种写法的日期", "日期.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def epoch_of_1904() -> Awkward:
    rows: Rows = [
        ["企业名称", "成立日期"],
        [firm(0), dt.date(2015, 6, 1)],
        [firm(1), 43978],
    ]
    truth = Truth(
        {
            2: {"name": firm(0), "founded_on": "2015-06-01"},
            3: {"name": firm(1), "founded_on": "2024-05-28"},
        },
        1,
        "Sheet1",
    )
    content = xlsx(Sheet("Sheet1", rows), epoch_1904=True)
    return Awkward("1904年起算的日期", "苹果.xlsx", content, [truth])


@awkward
def amounts_with_units_in_cells() -> Awkward:
    typed: list[tuple[object, str, bool]] = [
        ("500万元", "500", False),
        ("500 万", "500", False),
        ("5,000", "5000", False),
        ("５００", "500", False),
        ("伍佰万元整", "500", False),
        ("1.2亿", "12000", False),
        ("人民币1000万元", "1000", False),
        ("5,279,110.1000(万元人民币)", "5279110.1", False),
        (300, "300", False),
        (0.5, "0.5", False),
        ("10000000元", "1000", False),
        ("500万美元", "500", True),
        ("-500", "-500", True),
        ("（500）", "-500", True),
        ("500-1000", "", True),
        ("不详", "", False),
        ("保密", "", True),
    ]
    rows: Rows = [
        ["企业名称", "注册资本（万元）"],
        *[[firm(i), value] for i, (value, _, _) in enumerate(typed)],
    ]
    truth = Truth(
        {i + 2: {"name": firm(i), "capital_wan": wan} for i, (_, wan, _) in enumerate(typed)},
        1,
        "Sheet1",
        problems=frozenset((i + 2, "capital_wan") for i, (_, _, odd) in enumerate(typed) if odd),
    )
    return Awkward("各种写法的注册资本", "资本.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def yuan_in_header() -> Awkward:
    rows: Rows = [
        ["单位名称", "注册资金\n（元）", "年税收(万元)"],
        [firm(0), 5000000, 120.5],
        [firm(1), "1,000,000.00", "1.2万元"],
    ]
    truth = Truth(
        {
            2: {"name": firm(0), "capital_wan": "500", "tax_wan": "120.5"},
            3: {"name": firm(1), "capital_wan": "100", "tax_wan": "1.2"},
        },
        1,
        "Sheet1",
    )
    return Awkward("表头里的单位是元", "元.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def unit_in_the_title() -> Awkward:
    rows: Rows = [
        ["会员企业经济指标", None, None],
        [None, None, "单位：亿元"],
        ["企业名称", "注册资本", "职工人数"],
        [firm(0), 1.5, "120人"],
        [firm(1), "5000万元", "约80人"],
    ]
    truth = Truth(
        {
            4: {"name": firm(0), "capital_wan": "15000", "staff_count": "120"},
            5: {"name": firm(1), "capital_wan": "5000", "staff_count": "80"},
        },
        3,
        "指标",
    )
    sheet = Sheet("指标", rows, ["A1:C1"])
    return Awkward("标题下写的单位", "指标.xlsx", xlsx(sheet), [truth])


@awkward
def phones_as_typed() -> Awkward:
    typed: list[tuple[object, str, bool]] = [
        ("（021）59098418", "021-59098418", False),
        ("021 59098418", "021-59098418", False),
        ("０２１－５９０９８４１８", "021-59098418", False),
        (13800000000, "13800000000", False),
        ("138 0000 0000", "13800000000", False),
        ("59098418-801", "59098418-801", False),
        ("021-59098418转801", "021-59098418-801", False),
        ("13800000000/13900000000", "13800000000/13900000000", False),
        ("138****0000", "", True),
        ("1380000000", "1380000000", True),
        ("无", "", False),
    ]
    rows: Rows = [
        ["公司名称", "联系方式"],
        *[[firm(i), value] for i, (value, _, _) in enumerate(typed)],
    ]
    truth = Truth(
        {i + 2: {"name": firm(i), "phone": number} for i, (_, number, _) in enumerate(typed)},
        1,
        "Sheet1",
        problems=frozenset((i + 2, "phone") for i, (_, _, odd) in enumerate(typed) if odd),
    )
    return Awkward("各种写法的电话", "电话.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def positions_as_typed() -> Awkward:
    typed = [
        ("会长单位", "会长", False),
        ("执行会长", "执行会长", False),
        ("常务副会长单位", "常务副会长", False),
        ("副 会 长", "副会长", False),
        ("副会长（企业）", "副会长", False),
        ("常务理事", "常务理事", False),
        ("理事单位", "理事", False),
        ("监事长", "监事长", False),
        ("会员单位", "会员", False),
        ("普通会员", "会员", False),
        ("华新镇商会副会长", "副会长", False),
        ("党支部书记", "", True),
    ]
    rows: Rows = [
        ["企业名称", "商会职务"],
        *[[firm(i), value] for i, (value, _, _) in enumerate(typed)],
    ]
    truth = Truth(
        {
            i + 2: {"name": firm(i), "position": position}
            for i, (_, position, _) in enumerate(typed)
        },
        1,
        "",
        problems=frozenset((i + 2, "position") for i, (_, _, odd) in enumerate(typed) if odd),
    )
    return Awkward("各种写法的职务", "职务.csv", delimited(rows, encoding="gb18030"), [truth])


@awkward
def codes_ruined_and_repaired() -> Awkward:
    wide = str.maketrans(
        "0123456789ABCDEFGHJKLMNPQRTUWXY",
        "０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＫＬＭＮＰＱＲＴＵＷＸＹ",
    )
    wrong = code(9)[:17] + ("0" if code(9)[17] != "0" else "1")
    typed: list[tuple[object, str, bool]] = [
        (code(0), code(0), False),
        (code(1).translate(wide), code(1), False),
        (code(2).lower(), code(2), False),
        (f" {code(3)[:8]} {code(3)[8:]}\xa0", code(3), False),
        (code(4).replace("0", "O", 1), code(4), True),
        (f"'{code(5)}", code(5), False),
        (wrong, wrong, True),
        ("310118000123456", "", True),
        (9.13101180012346e17, "", True),
        ("9.13101E+17", "", True),
        (code(6)[:15], "", True),
        (code(6) + "X", "", True),
        ("12345678-9", "", True),
        ("不详", "", False),
        (None, "", False),
    ]
    rows: Rows = [
        ["会员企业", "纳税人识别号"],
        *[[firm(i), value] for i, (value, _, _) in enumerate(typed)],
    ]
    truth = Truth(
        {i + 2: {"name": firm(i), "credit_code": good} for i, (_, good, _) in enumerate(typed)},
        1,
        "Sheet1",
        problems=frozenset((i + 2, "credit_code") for i, (_, _, odd) in enumerate(typed) if odd),
    )
    return Awkward("损坏和可修复的代码", "代码.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def other_codes_are_no_credit_codes() -> Awkward:
    rows: Rows = [
        ["企业编码", "企业名称", "注册号", "代码"],
        *[[f"QP{i:05d}", firm(i), f"31011800012345{i}", code(i)] for i in range(4)],
    ]
    truth = Truth({i + 2: {"name": firm(i), "credit_code": code(i)} for i in range(4)}, 1, "Sheet1")
    return Awkward("其他编码不是信用代码", "编码.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def names_with_breaks_and_spaces() -> Awkward:
    typed = [
        ("上海青禾物流\n有限公司", "上海青禾物流有限公司"),
        ("上海　青禾　物流有限公司", "上海青禾物流有限公司"),
        ("\u200b上海青禾\xa0物流有限公司 ", "上海青禾物流有限公司"),
        ("ＡＢＣ（上海）科技有限公司", "ABC（上海）科技有限公司"),
        ("上海青禾(集团)有限公司", "上海青禾(集团)有限公司"),
        ("上海𠮷䶮有限公司", "上海𠮷䶮有限公司"),
    ]
    rows: Rows = [
        ["企 业\n名 称", "联\u3000系\u3000人", "统一社会\n信用代码\n（18位）"],
        *[[name, "示例\u3000甲", code(i)] for i, (name, _) in enumerate(typed)],
    ]
    truth = Truth(
        {
            i + 2: {"name": name, "contact": "示例甲", "credit_code": code(i)}
            for i, (_, name) in enumerate(typed)
        },
        1,
        "Sheet1",
    )
    return Awkward("换行、空格和全角", "全角.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def contact_and_phone_in_one_column() -> Awkward:
    rows: Rows = [
        ["单位及职务", "联系人及电话", "商会职务"],
        [f"{firm(0)}总经理", "示例甲 13800000000", "会长"],
        [f"{firm(1)} 董事长", "示例乙021-59098418", "理事"],
        [firm(2), "示例丙（13900000000）", "理事"],
    ]
    truth = Truth(
        {
            2: {"name": firm(0), "contact": "示例甲", "phone": "13800000000", "position": "会长"},
            3: {"name": firm(1), "contact": "示例乙", "phone": "021-59098418", "position": "理事"},
            4: {"name": firm(2), "contact": "示例丙", "phone": "13900000000", "position": "理事"},
        },
        1,
        "Sheet1",
    )
    return Awkward("联系人和电话在一列", "一列.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def personal_columns_by_header() -> Awkward:
    rows: Rows = [
        ["序号", "单位", "姓名", "性别", "民族", "出生年月", "政治面貌", "身份证号码", "联系电话"],
        [1, firm(0), "示例甲", "男", "汉族", "1980.01", "群众", "000000000000000000", phone(0)],
        [2, firm(1), "示例乙", "女", "回族", "1985.01", "群众", "000000000000000000", phone(1)],
    ]
    truth = Truth(
        {i + 2: {"name": firm(i), "contact": person(i), "phone": phone(i)} for i in range(2)},
        1,
        "Sheet1",
        left_out=["性别", "民族", "出生年月", "政治面貌", "身份证号码"],
    )
    return Awkward("个人信息列", "个人.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def personal_columns_by_content() -> Awkward:
    rows: Rows = [
        ["企业名称", "编号", "类别", "情况", "联系人"],
        *[
            [firm(i), identity, nation, politics, person(i)]
            for i, (identity, nation, politics) in enumerate(
                [
                    ("11010519491231002X", "汉族", "中共党员"),
                    ("440524188001010014", "回族", "群众"),
                    ("11010519491231002x", "汉", "民建会员"),
                ]
            )
        ],
    ]
    truth = Truth(
        {i + 2: {"name": firm(i), "contact": person(i)} for i in range(3)},
        1,
        "Sheet1",
        left_out=["编号", "类别", "情况"],
    )
    return Awkward("表头看不出的个人信息", "隐私.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def job_titles_are_no_positions() -> Awkward:
    rows: Rows = [
        ["企业名称", "姓名", "职务", "电话"],
        [firm(0), "示例甲", "总经理", phone(0)],
        [firm(1), "示例乙", "董事长", phone(1)],
        [firm(2), "示例丙", "经理", phone(2)],
    ]
    truth = Truth(
        {i + 2: {"name": firm(i), "contact": person(i), "phone": phone(i)} for i in range(3)},
        1,
        "Sheet1",
    )
    return Awkward("企业内职务不是商会职务", "职务.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def tab_separated_text() -> Awkward:
    rows: Rows = [["名称", "税号"], *[[firm(i), code(i)] for i in range(3)]]
    truth = Truth({i + 2: {"name": firm(i), "credit_code": code(i)} for i in range(3)}, 1)
    content = delimited(rows, delimiter="\t", encoding="gb18030", end="\r\n")
    return Awkward("制表符分隔的txt", "名册.txt", content, [truth])


@awkward
def wide_text_without_mark() -> Awkward:
    rows: Rows = [["企业名称", "统一社会信用代码"], *[[firm(i), code(i)] for i in range(3)]]
    truth = Truth({i + 2: {"name": firm(i), "credit_code": code(i)} for i in range(3)}, 1)
    content = delimited(rows, delimiter="\t", encoding="utf-16-le")
    return Awkward("没有BOM的UTF-16", "名册.csv", content, [truth])


@awkward
def semicolons_and_quotes() -> Awkward:
    rows: Rows = [
        ["企业名称", "统一社会信用代码", "备注"],
        [firm(0), code(0), '含;分号、"引号"\n和换行'],
        [firm(1), f'="{code(1)}"', ""],
    ]
    truth = Truth(
        {
            2: {"name": firm(0), "credit_code": code(0), "note": '含;分号、"引号" 和换行'},
            3: {"name": firm(1), "credit_code": code(1), "note": ""},
        },
        1,
    )
    content = b"\xef\xbb\xbf" + delimited(rows, delimiter=";")
    return Awkward("分号分隔、引号里有换行", "名册.csv", content, [truth])


@awkward
def traditional_characters() -> Awkward:
    rows: Rows = [
        ["企業名稱", "聯絡電話", "地址"],
        ["上海示例貿易有限公司", phone(0), "上海市青浦區華新鎮示例路1號"],
        ["上海示例食品有限公司", phone(1), "上海市青浦區華新鎮示例路2號"],
    ]
    truth = Truth(
        {
            i + 2: {"name": str(row[0]), "phone": phone(i), "address": str(row[2])}
            for i, row in enumerate(rows[1:])
        },
        1,
    )
    return Awkward("Big5繁体", "名冊.csv", delimited(rows, encoding="big5"), [truth])


@awkward
def separator_line() -> Awkward:
    rows: Rows = [["企业名称", "信用代码"], *[[firm(i), code(i)] for i in range(2)]]
    truth = Truth({i + 2: {"name": firm(i), "credit_code": code(i)} for i in range(2)}, 1)
    return Awkward(
        "首行写明分隔符", "名册.csv", b"sep=|\r\n" + delimited(rows, delimiter="|"), [truth]
    )


@awkward
def activities() -> Awkward:
    rows: Rows = [
        ["华新镇2024年统战活动情况统计表"],
        [
            "序号",
            "活动名称",
            "活动时间",
            "活动地点",
            "主办单位",
            "参加人数",
            "活动类型",
            "线上/线下",
            "主要内容",
        ],
        [
            1,
            "政策宣讲会",
            "5月15日14:00",
            "商会之家",
            "华新镇商会、镇统战办",
            "60余人",
            "宣讲",
            "线下",
            "人才落户政策",
        ],
        [
            2,
            "公益服务日",
            "2024年4月3日",
            "幸福·新e园",
            "新阶层人士联谊会",
            45,
            "公益",
            "线上线下结合",
            "",
        ],
        ["合计", None, None, None, None, 105],
    ]
    truth = Truth(
        {
            3: {
                "title": "政策宣讲会",
                "start": "2024-05-15T14:00",
                "venue": "商会之家",
                "hosts": ["华新镇商会", "镇统战办"],
                "headcount": "60",
                "kind": "宣讲",
                "mode": "线下",
                "summary": "人才落户政策",
            },
            4: {
                "title": "公益服务日",
                "start": "2024-04-03",
                "venue": "幸福·新e园",
                "hosts": ["新阶层人士联谊会"],
                "headcount": "45",
                "kind": "公益",
                "mode": "线上线下",
                "summary": "",
            },
        },
        2,
        "Sheet1",
        "activities",
    )
    return Awkward("活动统计表", "活动.xlsx", xlsx(Sheet("Sheet1", rows, ["A1:I1"])), [truth])


@awkward
def venues() -> Awkward:
    rows: Rows = [
        [
            "序号",
            "阵地名称",
            "类型",
            "建筑面积(㎡)",
            "地址",
            "启用时间",
            "功能区",
            "责任人",
            "联系电话",
            "街镇",
        ],
        [
            1,
            "华新镇商会之家",
            "商会之家",
            "约650平方米",
            "华新镇示例路1号",
            "2022年6月",
            "成果展示、综合办公",
            "示例甲",
            phone(0),
            "华新",
        ],
        [
            2,
            "同心家园",
            "统战之家",
            1200.5,
            "赵巷镇示例路2号",
            "2021.9.1",
            "议事厅",
            "示例乙",
            phone(1),
            "徐泾镇",
        ],
    ]
    truth = Truth(
        {
            2: {
                "name": "华新镇商会之家",
                "kind": "商会之家",
                "area_m2": "650",
                "address": "华新镇示例路1号",
                "opened_on": "2022-06-01",
                "zones": ["成果展示", "综合办公"],
                "manager": "示例甲",
                "phone": phone(0),
                "town": "华新镇",
            },
            3: {
                "name": "同心家园",
                "kind": "统战之家",
                "area_m2": "1200.5",
                "address": "赵巷镇示例路2号",
                "opened_on": "2021-09-01",
                "zones": ["议事厅"],
                "manager": "示例乙",
                "phone": phone(1),
                "town": "徐泾镇",
            },
        },
        1,
        "阵地",
        "venues",
        problems=frozenset({(2, "opened_on")}),
    )
    return Awkward("阵地清单", "阵地.xlsx", xlsx(Sheet("阵地", rows)), [truth], towns=TOWNS)


@awkward
def posts() -> Awkward:
    rows: Rows = [
        ["统战干事、联络员名册"],
        ["街镇", "村居", "职务", "姓名", "专/兼职", "办公电话", "任职时间"],
        ["华新镇", "华新村", "专职统战干事", "示例甲", "专职", phone(0), "2023年3月1日"],
        [None, None, "联络员", "示例乙", "兼职", phone(1), "2023年3月1日"],
        [None, "叙南村", "统战干事", "空缺", None, None, None],
    ]
    truth = Truth(
        {
            3: {
                "town": "华新镇",
                "village": "华新村",
                "post": "统战干事",
                "holder": "示例甲",
                "full_time": "是",
                "phone": phone(0),
                "since": "2023-03-01",
            },
            4: {"town": "华新镇", "village": "华新村", "post": "联络员", "holder": "示例乙"},
            5: {"town": "华新镇", "village": "叙南村", "post": "统战干事", "holder": ""},
        },
        2,
        "名册",
        "posts",
    )
    sheet = Sheet("名册", rows, ["A1:G1", "A3:A5", "B3:B4"])
    return Awkward("统战岗位", "干事.xls", xls(sheet), [truth], towns=TOWNS)


@awkward
def honours() -> Awkward:
    rows: Rows = [
        ["序号", "企业名称", "所获荣誉", "荣誉级别", "授予单位", "授予时间"],
        [1, firm(0), "全国“四好”商会", "国家级", "全国工商联", "2023.12"],
        [2, firm(1), "上海市光彩事业组织奖", "市级", "上海市光彩会", "2022年"],
        [3, firm(2), "优秀民营企业", "区级", "青浦区", dt.date(2024, 1, 5)],
    ]
    truth = Truth(
        {
            2: {
                "holder": firm(0),
                "title": "全国“四好”商会",
                "level": "国家",
                "issuer": "全国工商联",
                "awarded_on": "2023-12-01",
            },
            3: {"title": "上海市光彩事业组织奖", "level": "市", "awarded_on": "2022-01-01"},
            4: {"title": "优秀民营企业", "level": "区", "awarded_on": "2024-01-05"},
        },
        1,
        "荣誉",
        "honours",
        problems=frozenset({(2, "awarded_on"), (3, "awarded_on")}),
    )
    return Awkward("荣誉清单", "荣誉.xlsx", xlsx(Sheet("荣誉", rows)), [truth])


@awkward
def errors_of_formulas() -> Awkward:
    rows: Rows = [
        ["企业名称", "统一社会信用代码", "联系电话"],
        [firm(0), "#REF!", phone(0)],
        ["#N/A", code(1), phone(1)],
    ]
    truth = Truth(
        {
            2: {"name": firm(0), "credit_code": "", "phone": phone(0)},
            3: {"name": "", "credit_code": code(1), "phone": phone(1)},
        },
        1,
        "Sheet1",
        problems=frozenset({(2, "credit_code"), (3, "name")}),
    )
    return Awkward("公式错误", "公式.xls", xls(Sheet("Sheet1", rows)), [truth])


@awkward
def names_missing() -> Awkward:
    rows: Rows = [
        ["企业名称", "统一社会信用代码", "联系电话"],
        [None, code(0), phone(0)],
        ["无", code(1), phone(1)],
        [firm(2), "", ""],
    ]
    truth = Truth(
        {
            2: {"name": "", "credit_code": code(0)},
            3: {"name": "", "credit_code": code(1)},
            4: {"name": firm(2), "credit_code": "", "phone": ""},
        },
        1,
        "Sheet1",
        problems=frozenset({(2, "name"), (3, "name")}),
    )
    return Awkward("缺企业名称", "缺名.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])
