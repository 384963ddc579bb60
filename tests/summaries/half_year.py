"""A realistic half-year summary of the demo district, built for reading back and looking at."""
# ruff: noqa: E501 - the sentences of a document read better whole

from datetime import date, datetime
from decimal import Decimal

from summaries.writers.document import (
    Attachment,
    Cell,
    Column,
    ColumnKind,
    Distribution,
    Figure,
    Imprint,
    LinkedCell,
    Section,
    SummaryDocument,
    Table,
    plain,
    sentence,
)

SITE = "http://tongxin.example.gov.cn"
TOWNS = (
    "夏阳街道", "盈浦街道", "香花桥街道", "朱家角镇", "练塘镇", "金泽镇", "赵巷镇", "徐泾镇",
    "华新镇", "重固镇", "白鹤镇",
)  # fmt: skip

_FIGURES = (
    ("towns", "街镇数", 11, "个", "截至期末在册的街道和镇。"),
    ("villages", "村居数", 312, "个", "截至期末存续的村、居、园区和国企单位，含当日设立、不含当日撤销。"),
    ("villages_staffed", "配齐力量村居数", 305, "个", "专职统战干事和联络员当日均有人在岗的村居。"),
    ("chambers", "商会数", 14, "家", "截至期末在册的商会，含异地商会。"),
    ("members", "会员企业数", 1826, "家", "截至期末会籍有效的企业；一家企业在多家商会只计一次。"),
    ("council_enterprises", "理事以上企业数", 397, "家", "担任会长、副会长、常务理事、理事等职务的企业，按企业计，不按职务计。"),
    ("venues", "阵地数", 86, "个", "截至期末启用中的阵地；统战综合体按其组成部分分别计。"),
    ("venue_area", "阵地面积", Decimal("21468.5"), "平方米", "启用中阵地建筑面积之和。"),
    ("activities", "活动场次", 312, "场", "期内已举办并经确认的活动；联合举办的活动全区只计一次。"),
    ("headcount", "活动人次", 9840, "人次", "期内已确认活动填报的参加人次之和。"),
    ("growth", "活动场次同比", Decimal("12.2"), "%", "（本期场次－上年同期场次）÷上年同期场次。"),
    ("donations", "爱心捐赠", Decimal("486.3"), "万元", "期内活动登记的捐赠金额之和。"),
    ("leads", "招商线索", 73, "条", "期内会员企业和商会提供、经研判有效的线索。"),
    ("requests", "企业诉求", 158, "件", "期内受理的企业诉求。"),
    ("answered", "诉求按时答复率", Decimal("96.8"), "%", "期内到期诉求中按时答复的比例。"),
    ("honours", "有效荣誉", 37, "项", "截至期末仍在有效期内的国家、市、区、街镇级荣誉。"),
)  # fmt: skip


def figures() -> tuple[Figure, ...]:
    return tuple(
        Figure(key, title, value, unit, definition, f"/figures/{key}/rows/?period=2024-H1")
        for key, title, value, unit, definition in _FIGURES
    )


def activity_table() -> Table:
    columns = (
        Column("街镇", ColumnKind.TEXT),
        Column("活动场次", ColumnKind.NUMBER),
        Column("同比增减", ColumnKind.NUMBER),
        Column("活动人次", ColumnKind.NUMBER),
        Column("会员企业", ColumnKind.NUMBER),
        Column("理事以上企业", ColumnKind.NUMBER),
        Column("阵地", ColumnKind.NUMBER),
    )
    rows = tuple(
        (
            town,
            LinkedCell(20 + place * 3, f"/activities/?town={place}"),
            place - 3,
            640 + place * 51,
            120 + place * 9,
            24 + place * 2,
            5 + place % 4,
        )
        for place, town in enumerate(TOWNS)
    )
    total = ("合计", 385, 22, 9845, 1815, 374, 70)
    note = "联合举办的活动在各主办街镇分别列示，全区合计不重复计算，故各街镇之和可大于合计。"
    return Table(columns, rows, total=total, unit="场、人次、家、个", note=note)


def project_table() -> Table:
    columns = (
        Column("编号", ColumnKind.CODE),
        Column("项目名称"),
        Column("责任单位"),
        Column("完成时限", ColumnKind.DATE),
        Column("进展"),
    )
    names = (
        "商会服务专员制度",
        "“同心巷聚”阵地提升",
        "丝路电商联采项目",
        "教育公益“同心筑梦”",
        "三张清单数字化",
    )
    rows = tuple(
        (
            f"0{place + 1:03d}",
            f"{TOWNS[place % 11]}{names[place % 5]}",
            f"{TOWNS[place % 11]}商会",
            date(2024, 6 + place % 7, 5 + place),
            ("已办结，服务对象反馈良好" if place % 3 else "正在推进，已完成方案论证和资金落实"),
        )
        for place in range(24)
    )
    return Table(
        columns, rows, unit="项", note="完成时限以立项时确定的日期为准，延期的以批准后的日期为准。"
    )


_METHODS = (
    ("建强基层统战力量", "坚持把力量配到村居、把责任压到岗位，全区{towns}个街镇、{villages}个村居中，已有{villages_staffed}个村居同时配备专职统战干事和联络员。各街镇党委（党工委）每季度专题研究统战工作，区委统战部举办专题培训班和现场推进会，帮助新任干部尽快熟悉政策、掌握方法，形成区、街镇、村居三级贯通的工作网络。"),
    ("建好用好统战阵地", "按照“一街镇一品牌、一领域一特色”的思路，统筹楼宇、园区、村居资源，建成并启用各类阵地{venues}个，总面积{venue_area}平方米。华新镇商会之家、赵巷镇同心巷聚等阵地集展示、服务、交流于一体，把联络感情、文化交流、维护权益、发展谋划等功能落到日常。对连续九十日没有活动的阵地，由属地说明原因、提出盘活措施。"),
    ("丰富活动载体", "线上线下相结合、平台与项目相结合，共举办活动{activities}场，参与{headcount}人次，场次同比增长{growth}%。徐泾镇以国际家庭日为契机开展交流活动，华新镇“幸福·新e园”常态化开展主题沙龙，朱家角镇、金泽镇依托江南水乡资源打造文化品牌，引导党外人士在服务发展中凝聚共识。"),
    ("服务民营经济发展", "全区{chambers}家商会共有会员企业{members}家，其中理事以上企业{council_enterprises}家。完善“交办、签收、办理、反馈、复核、办结”责任闭环，受理企业诉求{requests}件，按时答复率{answered}%；鼓励会员企业以商引商，提供有效招商线索{leads}条。截至6月底，各商会仍在有效期内的荣誉{honours}项。"),
    ("引导履行社会责任", "组织商会和会员企业参与乡村振兴、教育公益和社区关爱，累计爱心捐赠{donations}万元。“同心筑梦”教育公益项目、联采项目等持续推进，形成企业出题、商会牵头、部门支持的工作格局，社会反响良好。"),
)  # fmt: skip


def half_year_document(**changes: object) -> SummaryDocument:
    listed = figures()
    known = {figure.key: figure for figure in listed}
    work = tuple(Section(heading, (sentence(template, known),)) for heading, template in _METHODS)
    values: dict[str, object] = {
        "title": "中共上海市青浦区委统一战线工作部关于2024年上半年统战工作情况的总结",
        "issuer": "中共上海市青浦区委统一战线工作部",
        "dated_on": date(2024, 7, 3),
        "as_of": datetime(2024, 6, 30, 23, 59, 59),  # noqa: DTZ001 - the office's own wall clock
        "site_url": SITE,
        "addressees": ("中共上海市青浦区委", "中共上海市委统战部"),
        "lead": sentence(
            "今年以来，全区统战系统坚持以服务中心大局为主线，以责任闭环为抓手，推动工作项目化、"
            "项目责任制落到实处。截至6月底，全区累计举办活动{activities}场，覆盖{headcount}人次，"
            "同比增长{growth}%。现将上半年工作情况总结如下。",
            known,
        ),
        "sections": (
            Section("基本概况", (
                sentence("全区共有{towns}个街镇、{villages}个村居，商会{chambers}家，会员企业{members}家，阵地{venues}个。", known),
            )),
            Section("主要工作", (), work),
            Section("存在问题", (
                plain("一是工作力量还不够均衡，少数村居专职干事由其他岗位兼任，政策熟悉程度有待提高。二是部分阵地使用频次不高，活动同质化现象仍然存在。三是商会服务企业的专业化水平有待提升，诉求办理的跨部门协同还需加强。"),
            )),
            Section("下一步工作打算", (), (
                Section("持续夯实基层基础", (plain("对照责任清单补齐力量缺口，做到人员在岗、职责上墙、工作留痕，防止重复填报，为基层减负。"),), (
                    Section("开展岗位轮训", (plain("三季度前完成新任专职干事轮训，编印政策问答手册。"),)),
                    Section("", (plain("完善村居联络员备案制度，变动后十个工作日内更新。"),), (
                        Section("", (plain("由街镇负责核实在岗情况。"),)),
                        Section("", (plain("由区委统战部每季度抽查通报。"),)),
                    )),
                )),
                Section("持续提升阵地效能", (plain("推动阵地清单、项目清单、资源清单联动管理，下半年重点盘活低效阵地，培育一批叫得响的统战品牌。"),)),
            )),
        ),
        "attachments": (
            Attachment("2024年上半年各街镇统战工作主要指标", activity_table()),
            Attachment("2024年上半年责任闭环项目清单", project_table()),
        ),
        "figures": listed,
        "imprint": Imprint(
            printed_by="中共上海市青浦区委统战部办公室",
            printed_on=date(2024, 7, 5),
            distributions=(
                Distribution("报", "中共上海市委统战部，中共上海市青浦区委、区人大常委会、区政府、区政协"),
                Distribution("送", "各街镇党委（党工委），区委各部、委、办，区级各民主党派、区工商联"),
            ),
            copies=60,
        ),
    }  # fmt: skip
    return SummaryDocument(**{**values, **changes})  # type: ignore[arg-type]


def wide_table_document(**changes: object) -> SummaryDocument:
    """The same summary with a table of twelve columns between two upright attachments."""
    titles = (
        "村居总数", "配齐村居", "商会会员", "理事以上", "阵地数量", "阵地面积", "活动场次", "活动人次",
        "爱心捐赠", "招商线索", "企业诉求",
    )  # fmt: skip
    columns = (Column("街镇"), *(Column(title, ColumnKind.NUMBER) for title in titles))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (town, *(1000 + place * 37 for place in range(11))) for town in TOWNS
    )
    wide = Table(columns, rows, total=("合计", *((99999,) * 11)), unit="个", note="口径见附件3。")
    attachments = (
        Attachment("2024年上半年各街镇统战工作主要指标", activity_table()),
        Attachment("2024年上半年各街镇统战工作全部指标一览表", wide),
    )
    return half_year_document(**{"attachments": attachments, **changes})
