"""Writes a periodic summary in words, from figures alone: plain Python, nothing is read here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summaries.gathering import Gathered
from summaries.models import Summary
from summaries.writers.document import (
    Attachment,
    Cell,
    Column,
    ColumnKind,
    Figure,
    FigureRun,
    LinkedCell,
    Paragraph,
    Run,
    Section,
    SummaryDocument,
    Table,
    plain,
    sentence,
)
from summaries.writers.wording import chinese_date

ENDINGS = {
    Summary.Kind.MONTHLY: "统战工作情况月报",
    Summary.Kind.QUARTERLY: "统战工作情况季报",
    Summary.Kind.HALF_YEARLY: "统战工作总结",
    Summary.Kind.YEARLY: "度统战工作总结",
}
ORDINALS = ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是")
# What a gap is called, and what is done about it, by the figure that shows it.
GAPS = (
    (
        "villages_unstaffed",
        "尚有{villages_unstaffed}个村居的统战干事或联络员未配齐{names}",
        "补齐{villages_unstaffed}个村居的力量缺额，明确到岗时间",
    ),
    (
        "venues_idle",
        "有{venues_idle}处阵地较长时间没有开展活动{names}",
        "逐处研究{venues_idle}处闲置阵地的盘活措施，安排活动进阵地",
    ),
    (
        "brands_grey",
        "有{brands_grey}个品牌较长时间没有活动支撑{names}",
        "围绕{brands_grey}个沉寂品牌策划活动，或作出调整",
    ),
    (
        "terms_due",
        "有{terms_due}家商会即将届满或已经届满{names}",
        "指导{terms_due}家商会做好换届准备",
    ),
    (
        "honours_lapsed",
        "本期有{honours_lapsed}项荣誉到期失效",
        "对{honours_lapsed}项已失效的荣誉，组织复评申报",
    ),
)


def write_document(gathered: Gathered) -> SummaryDocument:
    """The whole document: title, lead, the four parts, and the tables attached to it."""
    attachments = tuple(_attachments(gathered))
    lead = _lead(gathered)
    sections = (
        Section("基本概况", (_overview(gathered),)),
        Section("主要工作", (), tuple(_work(gathered))),
        Section("存在问题", (_problems(gathered),)),
        Section("下一步工作打算", (_plans(gathered),)),
    )
    return SummaryDocument(
        title=_title(gathered),
        issuer=gathered.issuer,
        dated_on=gathered.written_on,
        as_of=gathered.as_of,
        lead=lead,
        sections=sections,
        attachments=attachments,
        figures=tuple(_sources(gathered, lead, sections)),
    )


def _sources(gathered: Gathered, lead: Paragraph, sections: Iterable[Section]) -> Iterator[Figure]:
    """The figures listed as sources: without those hidden, but with all that a sentence states."""
    said = {run.key for run in _runs(lead, sections) if isinstance(run, FigureRun)}
    for key, figure in gathered.figures.items():
        if key in said or key not in gathered.hidden:
            yield figure


def _runs(lead: Paragraph, sections: Iterable[Section]) -> Iterator[Run]:
    yield from lead.runs
    for section in sections:
        for paragraph in section.paragraphs:
            yield from paragraph.runs
        yield from _runs(Paragraph(()), section.sections)


def _title(gathered: Gathered) -> str:
    ending = ENDINGS[Summary.Kind(gathered.kind)]
    return f"{gathered.scope.title}{gathered.period.words}{ending}"


def _place(gathered: Gathered) -> str:
    return "全区" if gathered.scope.is_district else str(gathered.scope.title)


def _say(gathered: Gathered, template: str, **words: str) -> Paragraph:
    return sentence(template, gathered.figures, words)


def _lead(gathered: Gathered) -> Paragraph:
    held = (
        "{period}，{place}共举办活动{activities}场，参加{headcount}人次" + _compared(gathered)
        if gathered["activities"]
        else "{period}，{place}没有经确认的活动"
    )
    so_far = (
        "；今年以来累计举办活动{activities_so_far}场，参加{headcount_so_far}人次"
        if "activities_so_far" in gathered.figures
        else ""
    )
    return _say(
        gathered,
        held + so_far + "。现将有关情况小结如下。",
        period=gathered.period.words,
        place=_place(gathered),
    )


def _compared(gathered: Gathered) -> str:
    """同比, said with the direction in words and the size as a number."""
    growth = gathered.figures.get("activities_growth")
    if growth is None:
        return ""
    if not growth.value:
        return "，场次与上年同期持平"
    direction = growth.title.removeprefix("活动场次")
    return f"，场次{direction}{{activities_growth}}{growth.unit}"


def _overview(gathered: Gathered) -> Paragraph:
    towns = "{towns}个街镇、" if gathered.scope.is_district else ""
    return _say(
        gathered,
        "截至{day}，{place}共有" + towns + "{villages}个村居，其中{villages_staffed}个配齐统战干事"
        "和联络员；园区和国企单位{units}个，其中{units_staffed}个配有力量。商会{chambers}家，"
        "会员企业{members}家，其中理事以上{council_enterprises}家，仍在有效期内的荣誉{honours}项。"
        "启用阵地{venues}处，面积{venue_area}平方米，品牌{brands}个。",
        day=chinese_date(gathered.period.end),
        place=_place(gathered),
    )


def _work(gathered: Gathered) -> Iterator[Section]:
    yield Section("配强工作力量", (_staffing(gathered),))
    yield Section("开展各类活动", tuple(_activities(gathered)))
    yield Section("用好统战阵地", (_venues(gathered),))
    yield Section("服务商会和企业", (_members(gathered),))
    if "donations" not in gathered.hidden and (gathered["donations"] or gathered["beneficiaries"]):
        yield Section("引导履行社会责任", (_donations(gathered),))


def _staffing(gathered: Gathered) -> Paragraph:
    return _say(
        gathered,
        "坚持把力量配到村居，{place}在岗的统战委员、统战干事和联络员岗位{posts}个，"
        "{villages_staffed}个村居干事和联络员均已到岗。",
        place=_place(gathered),
    )


def _activities(gathered: Gathered) -> Iterator[Paragraph]:
    if not gathered["activities"]:
        yield plain("本期没有经确认的活动。")
        return
    kinds = "、".join(
        f"{one.title.removeprefix('活动：')}{{{one.key}}}场" for one in gathered.kinds
    )
    yield _say(
        gathered,
        "共举办活动{activities}场，参加{headcount}人次。按类型分：" + kinds + "。",
    )
    if gathered.tells("joint_activities"):
        yield _say(gathered, "其中两家及以上单位联合举办的{joint_activities}场。")


def _venues(gathered: Gathered) -> Paragraph:
    return _say(
        gathered,
        "推动活动进阵地，本期在阵地举办活动{venue_activities}场；"
        "启用阵地{venues}处，设功能区{zones}个。",
    )


def _members(gathered: Gathered) -> Paragraph:
    changed = [
        words
        for key, words in (
            ("members_joined", "新入会{members_joined}家次"),
            ("members_left", "退会{members_left}家次"),
        )
        if gathered[key]
    ]
    happened = "本期" + "，".join(changed) + "；" if changed else "本期会员没有变动；"
    return _say(
        gathered,
        happened + "期末共有会员企业{members}家，其中理事以上{council_enterprises}家。",
    )


def _donations(gathered: Gathered) -> Paragraph:
    helped = "，受益{beneficiaries}人" if gathered["beneficiaries"] else ""
    so_far = "，今年以来累计{donations_so_far}元" if "donations_so_far" in gathered.figures else ""
    return _say(gathered, "组织会员企业参与公益，本期捐赠{donations}元" + helped + so_far + "。")


def _problems(gathered: Gathered) -> Paragraph:
    found = [words for key, words, _plan in GAPS if gathered.tells(key)]
    if not found:
        return plain("本期力量、阵地、品牌、商会届期和荣誉各项指标没有缺口。")
    return _numbered(gathered, [_with_names(words, gathered) for words in found])


def _plans(gathered: Gathered) -> Paragraph:
    plans = [plan for key, _words, plan in GAPS if gathered.tells(key)]
    if gathered.tells("honours_lapsing"):
        plans.append("提前准备{honours_lapsing}项即将到期荣誉的复评")
    if not plans:
        return plain("继续按年度计划推进各项工作，保持力量、阵地和活动的现有水平。")
    return _numbered(gathered, plans)


def _numbered(gathered: Gathered, items: Iterable[str]) -> Paragraph:
    """一是…；二是…。 or, when there is but one, that one alone."""
    listed = list(items)
    if len(listed) == 1:
        return _say(gathered, listed[0] + "。", **_names(gathered))
    pairs = zip(ORDINALS, listed, strict=False)
    text = "；".join(ordinal + item for ordinal, item in pairs)
    return _say(gathered, text + "。", **_names(gathered))


def _with_names(template: str, gathered: Gathered) -> str:
    """Each gap's own list of names stands where its template says ``{names}``."""
    key = next(key for key, words, _plan in GAPS if words == template)
    return template.replace("{names}", f"{{names_{key}}}")


def _names(gathered: Gathered) -> dict[str, str]:
    """The names in brackets: （甲村、乙村等）."""
    words = {}
    for key, names in gathered.names.items():
        more = "等" if gathered[key] > len(names) else ""
        words[f"names_{key}"] = f"（{'、'.join(names)}{more}）"
    return words


def _attachments(gathered: Gathered) -> Iterator[Attachment]:
    if gathered.scope.is_district:
        yield Attachment(f"{gathered.period.words}各街镇主要指标", _town_table(gathered))
    if gathered.kinds:
        yield Attachment(f"{gathered.period.words}活动分类型情况", _kind_table(gathered))
    if gathered.activities:
        yield Attachment(f"{gathered.period.words}活动清单", _activity_table(gathered))


def _town_table(gathered: Gathered) -> Table:
    titles = (
        "活动场次",
        "上年同期",
        "活动人次",
        "村居",
        "配齐村居",
        "会员企业",
        "理事以上",
        "阵地",
    )
    keys = (
        "activities", "before", "headcount", "villages", "villages_staffed", "members",
        "council_enterprises", "venues",
    )  # fmt: skip
    whole = {**gathered.figures, "before": gathered.figures["activities_year_before"]}
    return Table(
        columns=(Column("街镇"), *(Column(title, ColumnKind.NUMBER) for title in titles)),
        rows=tuple((row.name, *(row.cells[key] for key in keys)) for row in gathered.towns),
        total=("全区", *(_linked(whole[key]) for key in keys)),
        unit="场、人次、个、家、处",
        note="街镇按区划次序排列，不作排名。由两个及以上街镇参与的活动在各街镇分别列示、全区只计一场，"
        "企业在多个街镇的商会任职的同样如此，故各街镇之和可大于全区数。",
    )


def _kind_table(gathered: Gathered) -> Table:
    return Table(
        columns=(Column("活动类型"), Column("场次", ColumnKind.NUMBER)),
        rows=tuple((one.title.removeprefix("活动："), _linked(one)) for one in gathered.kinds),
        total=("合计", _linked(gathered.figures["activities"])),
        unit="场",
    )


def _activity_table(gathered: Gathered) -> Table:
    columns = (
        Column("日期", ColumnKind.DATE),
        Column("活动名称"),
        Column("类型"),
        Column("地点"),
        Column("人次", ColumnKind.NUMBER),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.start_on,
            one.name,
            one.kind.name,
            one.venue.name if one.venue else one.place,
            one.headcount,
        )
        for one in gathered.activities
    )
    total: tuple[Cell, ...] = ("合计", "", "", "", _linked(gathered.figures["headcount"]))
    return Table(columns, rows, total=total, unit="人次")


def _linked(figure: Figure) -> LinkedCell:
    return LinkedCell(figure.value, figure.rows_url)
