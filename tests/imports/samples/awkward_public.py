"""Awkward as lists that offices publish and systems export: open data, surveys, notices."""

from tests.imports.samples.awkward import Awkward, Truth, awkward, code, firm, person, phone
from tests.imports.samples.binary import xls
from tests.imports.samples.writers import Rows, Sheet, delimited, xlsx


@awkward
def list_by_province() -> Awkward:
    rows: Rows = [
        ["附件1"],
        ["全国示例学校名单"],
        ["（截至2023年6月15日）"],
        ["序号", "学校名称", "学校标识码", "主管部门", "所在地", "办学层次", "备注"],
        ["北京市（2所）"],
        [1, "示例甲大学", 4111010001, "教育部", "北京市", "本科"],
        [2, "示例乙大学", 4111010002, "教育部", "北京市", "本科"],
        ["天津市（1所）"],
        [3, "示例丙学院", 4112010055, "天津市", "天津市", "本科", "民办"],
    ]
    truth = Truth(
        {6: {"name": "示例甲大学"}, 7: {"name": "示例乙大学"}, 9: {"name": "示例丙学院"}}, 4, "本科"
    )
    content = xls(Sheet("本科", rows, ["A2:G2", "A5:G5", "A8:G8"]))
    return Awkward("按省市分组的名单", "名单.xls", content, [truth])


@awkward
def registration_data() -> Awkward:
    rows: Rows = [
        [
            "企业名称",
            "统一社会信用代码",
            "注册日期",
            "法人代表",
            "注册资金",
            "经营范围",
            "注册地址",
        ],
        [firm(0), code(0), "1981-01-01", "N/A", "1000.75万人民币", "化工，设备", "奉贤区1号14幢"],
        [firm(1), code(1), "1981-01-08", "N/A", "6,000(万元人民币)", "药品", "奉贤区2号"],
        [firm(2), code(2), "1981-03-30", "N/A", "N/A", '轴承，"五金"', "虹口区3号"],
    ]
    capital = ("1000.75", "6000", "")
    truth = Truth(
        {
            i + 2: {
                "name": firm(i),
                "credit_code": code(i),
                "founded_on": str(rows[i + 1][2]),
                "legal_representative": "",
                "capital_wan": capital[i],
                "industry": str(rows[i + 1][5]),
                "address": str(rows[i + 1][6]),
            }
            for i in range(3)
        },
        1,
    )
    return Awkward("工商登记数据", "登记.csv", delimited(rows), [truth])


@awkward
def english_headers() -> Awkward:
    rows: Rows = [
        ["id", "companyName", "creditCode", "legalPerson", "regCapital", "regAddress", "phone"],
        [1, firm(0), code(0), "示例甲", "500万元人民币", "青浦区1号", phone(0)],
        [2, firm(1), code(1), "示例乙", "300万元人民币", "青浦区2号", phone(1)],
    ]
    truth = Truth(
        {
            i + 2: {
                "name": firm(i),
                "credit_code": code(i),
                "legal_representative": person(i),
                "capital_wan": ("500", "300")[i],
                "address": f"青浦区{i + 1}号",
                "phone": phone(i),
            }
            for i in range(2)
        },
        1,
    )
    return Awkward("英文字段名", "export.csv", delimited(rows), [truth])


@awkward
def council_with_posts() -> Awkward:
    rows: Rows = [
        ["青浦区示例商会第三届理事会成员名单"],
        ["序号", "姓名", "性别", "工作单位及职务", "商会职务", "联系电话"],
        [1, "示例甲", "男", f"{firm(0)} 董事长", "会长", 13800000000],
        [2, "示例乙", "女", f"{firm(1)}总经理", "副会长", 13900000000],
        [3, "示例丙", "男", f"{firm(2)} 董事、总经理", "理事", 13700000000],
    ]
    positions = ("会长", "副会长", "理事")
    truth = Truth(
        {
            i + 3: {"name": firm(i), "contact": person(i), "position": positions[i]}
            for i in range(3)
        },
        2,
        "Sheet1",
        left_out=["性别"],
    )
    sheet = Sheet("Sheet1", rows, ["A1:F1"])
    return Awkward("理事会成员名单", "理事会.xlsx", xlsx(sheet), [truth])


@awkward
def positions_as_groups_without_header() -> Awkward:
    rows: Rows = [
        ["示例商会会员名单"],
        ["会长单位"],
        [firm(0), "王小明", phone(0)],
        ["副会长单位（2家）"],
        [firm(1), "李小红", phone(1)],
        [firm(2), "张小华", phone(2)],
        ["会员单位"],
        [firm(3), "陈小军", phone(3)],
    ]
    ranks = {3: "会长", 5: "副会长", 6: "副会长", 8: "会员"}
    people = ("王小明", "李小红", "张小华", "陈小军")
    truth = Truth(
        {
            row: {"name": firm(i), "contact": people[i], "phone": phone(i), "position": ranks[row]}
            for i, row in enumerate(ranks)
        },
        0,
        "Sheet1",
    )
    sheet = Sheet("Sheet1", rows, ["A1:C1", "A2:C2", "A4:C4", "A7:C7"])
    return Awkward("按职务分组、没有表头", "名单.xlsx", xlsx(sheet), [truth])


@awkward
def positions_merged_downwards() -> Awkward:
    rows: Rows = [
        ["职务", "单位名称", "联系方式"],
        ["会长", firm(0), phone(0)],
        ["副会长", firm(1), phone(1)],
        [None, firm(2), phone(2)],
        ["理事", firm(3), phone(3)],
    ]
    ranks = ("会长", "副会长", "副会长", "理事")
    truth = Truth(
        {i + 2: {"name": firm(i), "position": ranks[i], "phone": phone(i)} for i in range(4)},
        1,
        "Sheet1",
    )
    return Awkward("向下合并的职务", "职务.xls", xls(Sheet("Sheet1", rows, ["A3:A4"])), [truth])


@awkward
def survey_answers() -> Awkward:
    rows: Rows = [
        [
            "序号",
            "提交答卷时间",
            "来自IP",
            "1、企业名称",
            "2、统一社会信用代码",
            "3、联系人姓名",
            "4、联系电话",
        ],
        [1, "2024/5/27 10:00:00", "10.0.0.1", firm(0), code(0), "示例甲", "13800000000"],
        [2, "2024/5/27 10:01:00", "10.0.0.2", firm(1), code(1), "示例乙", "13900000000"],
    ]
    truth = Truth(
        {
            i + 2: {
                "name": firm(i),
                "credit_code": code(i),
                "contact": person(i),
                "phone": ("13800000000", "13900000000")[i],
            }
            for i in range(2)
        },
        1,
        "Sheet1",
    )
    return Awkward("问卷导出", "问卷.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def labels_with_values_above() -> Awkward:
    rows: Rows = [
        ["会员信息表"],
        ["单位名称：", "华新镇商会", "联系人：", "示例甲", "联系电话：", "021-59790000"],
        ["序号", "企业名称", "统一社会信用代码", "联系人", "联系电话", "备注"],
        [1, firm(0), code(0), "示例乙", phone(0)],
        [2, firm(1), code(1), "示例丙", phone(1)],
    ]
    truth = Truth(
        {i + 4: {"name": firm(i), "contact": person(i + 1), "phone": phone(i)} for i in range(2)},
        3,
        "Sheet1",
    )
    return Awkward("表头上方有填好的栏目", "信息表.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def ordinals_as_groups() -> Awkward:
    rows: Rows = [
        ["序号", "企业名称", "信用代码"],
        ["一", "快递物流类"],
        [1, firm(0), code(0)],
        [2, firm(1), code(1)],
        ["二", "高端制造类"],
        [1, firm(2), code(2)],
        ["小计", "1家"],
        ["以上共计3家企业"],
    ]
    places = {3: 0, 4: 1, 6: 2}
    truth = Truth(
        {row: {"name": firm(n), "credit_code": code(n)} for row, n in places.items()}, 1, "Sheet1"
    )
    return Awkward("大写序号的分组行", "分类.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def header_in_two_languages() -> Awkward:
    rows: Rows = [
        ["企业名称", "统一社会信用代码", "联系电话"],
        ["Company Name", "Credit Code", "Phone"],
        [firm(0), code(0), phone(0)],
        [firm(1), code(1), phone(1)],
    ]
    truth = Truth(
        {i + 3: {"name": firm(i), "credit_code": code(i), "phone": phone(i)} for i in range(2)},
        1,
        "Sheet1",
    )
    return Awkward("中英文两行表头", "双语.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])


@awkward
def wide_form_with_groups() -> Awkward:
    rows: Rows = [
        ["华新镇商会会员企业基本情况表（2024年度）"],
        [
            "序号",
            "企业名称",
            "企业法人",
            None,
            "企业联系人",
            None,
            "经济指标（万元）",
            None,
            "会员级别",
        ],
        [None, None, "姓名", "手机", "姓名", "手机", "年产值", "税收", None],
        [1, firm(0), "示例甲", "13800000000", "示例乙", "13900000000", 5000, 120.5, "副会长单位"],
        [2, firm(1), "示例丙", "13800000001", "示例丁", "13900000001", 3000, 20, "会员单位"],
    ]
    merges = ["A1:I1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:H2", "I2:I3"]
    truth = Truth(
        {
            4: {
                "name": firm(0),
                "legal_representative": "示例甲",
                "contact": "示例乙",
                "phone": "13900000000",
                "output_wan": "5000",
                "tax_wan": "120.5",
                "position": "副会长",
            },
            5: {"name": firm(1), "contact": "示例丁", "phone": "13900000001", "position": "会员"},
        },
        3,
        "Sheet1",
    )
    content = xlsx(Sheet("Sheet1", rows, merges))
    return Awkward("法人、联系人、指标分组", "基本情况.xlsx", content, [truth])


@awkward
def activities_by_content() -> Awkward:
    rows: Rows = [
        ["2024年5月徐泾镇统战活动一览表"],
        ["序号", "日期", "活动内容", "地点", "参与对象", "人数"],
        [1, "5.15", "国际家庭日活动", "徐泾镇商会之家", "外籍人士家庭", "约80"],
        [2, "5.20", "政策宣讲", "虹桥", "会员企业", 35],
    ]
    truth = Truth(
        {
            3: {
                "title": "国际家庭日活动",
                "start": "2024-05-15",
                "venue": "徐泾镇商会之家",
                "headcount": "80",
            },
            4: {"title": "政策宣讲", "start": "2024-05-20", "venue": "虹桥", "headcount": "35"},
        },
        2,
        "5月",
        "activities",
    )
    return Awkward("活动内容当标题", "活动.xlsx", xlsx(Sheet("5月", rows, ["A1:F1"])), [truth])


@awkward
def activities_of_a_system() -> Awkward:
    rows: Rows = [
        ["活动主题", "活动时间", "活动地点", "主办单位", "承办单位", "参与人次", "活动形式"],
        [
            "同心筑梦",
            "2024年5月6日9:30",
            "文体中心",
            "镇统战办;镇商会",
            "示例公司",
            "120人次",
            "线下",
        ],
        ["联谊会", "2024-05-08 14:00", "线上", "镇商会", "", "60", "线上"],
    ]
    truth = Truth(
        {
            2: {
                "title": "同心筑梦",
                "start": "2024-05-06T09:30",
                "hosts": ["镇统战办", "镇商会"],
                "organisers": ["示例公司"],
                "headcount": "120",
                "mode": "线下",
            },
            3: {"title": "联谊会", "start": "2024-05-08T14:00", "organisers": [], "mode": "线上"},
        },
        1,
        "",
        "activities",
    )
    return Awkward("系统导出的活动", "活动.csv", delimited(rows, encoding="gb18030"), [truth])


@awkward
def posts_side_by_side() -> Awkward:
    rows: Rows = [
        ["赵巷镇村居统战工作人员名单"],
        ["序号", "村居名称", "统战干事", "联系电话", "联络员", "联系电话"],
        [1, "赵巷村", "示例甲", phone(0), "示例乙", phone(1)],
        [2, "方夏村", "示例丙", phone(2), "示例丁", phone(3)],
    ]
    villages = ("赵巷村", "方夏村")
    truths = [
        Truth(
            {
                i + 3: {
                    "village": villages[i],
                    "post": post,
                    "holder": person(2 * i + shift),
                    "phone": phone(2 * i + shift),
                }
                for i in range(2)
            },
            2,
            "Sheet1",
            "posts",
        )
        for shift, post in enumerate(("统战干事", "联络员"))
    ]
    return Awkward("一村两岗在一行", "人员.xlsx", xlsx(Sheet("Sheet1", rows)), truths)


@awkward
def towns_written_once() -> Awkward:
    rows: Rows = [
        ["街道", "村居", "职务", "姓名", "电话"],
        ["夏阳街道", "塔湾村", "统战干事", "示例甲", phone(0)],
        ["", "", "联络员", "示例乙", phone(1)],
        ["盈浦街道", "南横村", "统战干事", "示例丙", phone(2)],
        ["", "", "联络员", "示例丁", phone(3)],
    ]
    truth = Truth(
        {
            i + 2: {
                "town": ("夏阳街道", "盈浦街道")[i // 2],
                "village": ("塔湾村", "南横村")[i // 2],
                "post": ("统战干事", "联络员")[i % 2],
                "holder": person(i),
            }
            for i in range(4)
        },
        1,
        "",
        "posts",
    )
    return Awkward("合并丢失后的街镇", "岗位.csv", delimited(rows, encoding="gb18030"), [truth])


@awkward
def chinese_and_english_names() -> Awkward:
    rows: Rows = [
        ["公司名称（英文）", "公司名称（中文）", "电话"],
        ["Qinghe Logistics", firm(0), phone(0)],
        ["Hongjia Materials", firm(1), phone(1)],
    ]
    truth = Truth({i + 2: {"name": firm(i), "phone": phone(i)} for i in range(2)}, 1, "Sheet1")
    return Awkward("中英文名称两列", "名称.xlsx", xlsx(Sheet("Sheet1", rows)), [truth])
