"""Writes a periodic summary in words, from figures alone: plain Python, nothing is read here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summaries.clauses import figure_of, joined, shared, told
from summaries.gathering import Gathered
from summaries.models import Summary
from summaries.writers.document import (
    Attachment,
    Cell,
    Column,
    ColumnKind,
    Figure,
    LinkedCell,
    Paragraph,
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


TOWN_COLUMNS = (
    ("活动场次", "activities"),
    ("上年同期", "activities_year_before"),
    ("活动人次", "headcount"),
    ("村居", "villages"),
    ("配齐村居", "villages_staffed"),
    ("会员企业", "members"),
    ("理事以上", "council_enterprises"),
    ("阵地", "venues"),
)


def write_document(gathered: Gathered) -> SummaryDocument:
    """The whole document: title, lead, the four parts, and the tables attached to it."""
    attachments = tuple(_attachments(gathered))
    sections = (
        *_section("基本概况", _overview(gathered)),
        Section("主要工作", (), tuple(_work(gathered))),
        Section("存在问题", (_problems(gathered),)),
        Section("下一步工作打算", (_plans(gathered),)),
    )
    return SummaryDocument(
        title=_title(gathered),
        issuer=gathered.issuer,
        dated_on=gathered.written_on,
        as_of=gathered.as_of,
        lead=_lead(gathered),
        sections=sections,
        attachments=attachments,
        figures=tuple(_sources(gathered)),
    )


def _sources(gathered: Gathered) -> Iterator[Figure]:
    """The figures listed as sources, without those hidden: no sentence states them."""
    for key, figure in gathered.figures.items():
        if figure_of(key) not in gathered.hidden:
            yield figure


def _title(gathered: Gathered) -> str:
    ending = ENDINGS[Summary.Kind(gathered.kind)]
    return f"{gathered.scope.title}{gathered.period.words}{ending}"


def _place(gathered: Gathered) -> str:
    return "全区" if gathered.scope.is_district else str(gathered.scope.title)


def _say(gathered: Gathered, template: str, **words: str) -> Paragraph:
    return sentence(template, gathered.figures, words)


def _lead(gathered: Gathered) -> Paragraph:
    so_far = ""
    if "activities_so_far" in gathered.figures:
        so_far = joined(
            gathered, "，", "举办活动{activities_so_far}场", "参加{headcount_so_far}人次"
        )
    clauses = [_held(gathered), so_far and f"今年以来累计{so_far}"]
    said = "；".join(filter(None, clauses))
    if not said:
        return plain(f"现将{gathered.period.words}{_place(gathered)}有关情况小结如下。")
    return _say(
        gathered,
        "{period}，{place}" + said + "。现将有关情况小结如下。",
        period=gathered.period.words,
        place=_place(gathered),
    )


def _held(gathered: Gathered) -> str:
    if not gathered["activities"]:
        return "" if "activities" in gathered.hidden else "没有经确认的活动"
    held = told(gathered, "共举办活动{activities}场")
    compared = told(gathered, _compared(gathered)) if held else ""
    return "，".join(filter(None, (held, told(gathered, "参加{headcount}人次")))) + compared


def _compared(gathered: Gathered) -> str:
    """同比, said with the direction in words and the size as a number."""
    growth = gathered.figures.get("activities_growth")
    if growth is None:
        return ""
    if not growth.value:
        return "，场次与上年同期持平"
    direction = growth.title.removeprefix("活动场次")
    return f"，场次{direction}{{activities_growth}}{growth.unit}"


def _overview(gathered: Gathered) -> Iterator[Paragraph]:
    towns = "{towns}个街镇" if gathered.scope.is_district else ""
    places = joined(gathered, "、", towns, "{villages}个村居")
    staffed = "其中{villages_staffed}个配齐统战干事和联络员"
    staffed = told(gathered, staffed) if told(gathered, "{villages}") else ""
    posted = shared(gathered, "园区和国企单位{units}个", "其中{units_staffed}个配有力量")
    there = "，".join(filter(None, (places and "共有" + places, staffed)))
    members = shared(gathered, "会员企业{members}家", "其中理事以上{council_enterprises}家")
    honours = told(gathered, "仍在有效期内的荣誉{honours}项")
    chambers = "，".join(filter(None, (told(gathered, "商会{chambers}家"), members, honours)))
    venues = shared(gathered, "启用阵地{venues}处", "面积{venue_area}平方米")
    kept = "，".join(filter(None, (venues, told(gathered, "品牌{brands}个"))))
    sentences = [one for one in ("；".join(filter(None, (there, posted))), chambers, kept) if one]
    if sentences:
        yield _say(
            gathered,
            "截至{day}，{place}" + "".join(f"{one}。" for one in sentences),
            day=chinese_date(gathered.period.end),
            place=_place(gathered),
        )


def _work(gathered: Gathered) -> Iterator[Section]:
    for title, paragraphs in (
        ("配强工作力量", _staffing(gathered)),
        ("开展各类活动", _activities(gathered)),
        ("用好统战阵地", _venues(gathered)),
        ("服务商会和企业", _members(gathered)),
        ("引导履行社会责任", _donations(gathered)),
    ):
        yield from _section(title, paragraphs)


def _section(title: str, paragraphs: Iterable[Paragraph]) -> Iterator[Section]:
    """A section, where there is something to tell in it."""
    if found := tuple(paragraphs):
        yield Section(title, found)


def _staffing(gathered: Gathered) -> Iterator[Paragraph]:
    posts = told(gathered, "{place}在岗的统战委员、统战干事和联络员岗位{posts}个")
    staffed = told(gathered, "{villages_staffed}个村居干事和联络员均已到岗")
    if posts or staffed:
        found = "，".join(filter(None, ("坚持把力量配到村居", posts, staffed)))
        yield _say(gathered, found + "。", place=_place(gathered))


def _activities(gathered: Gathered) -> Iterator[Paragraph]:
    if "activities" in gathered.hidden:
        if gathered.tells("headcount"):
            yield _say(gathered, "各类活动参加{headcount}人次。")
    elif gathered["activities"]:
        kinds = "、".join(
            f"{one.title.removeprefix('活动：')}{{{one.key}}}场" for one in gathered.kinds
        )
        held = joined(gathered, "，", "共举办活动{activities}场", "参加{headcount}人次")
        yield _say(gathered, held + "。按类型分：" + kinds + "。")
    else:
        yield plain("本期没有经确认的活动。")
    if gathered["activities"] and gathered.tells("joint_activities"):
        of_them = "" if "activities" in gathered.hidden else "其中"
        yield _say(gathered, of_them + "两家及以上单位联合举办的{joint_activities}场。")


def _venues(gathered: Gathered) -> Iterator[Paragraph]:
    held = told(gathered, "本期在阵地举办活动{venue_activities}场")
    there = joined(gathered, "，", "启用阵地{venues}处", "设功能区{zones}个")
    if held or there:
        yield _say(gathered, "推动活动进阵地，" + "；".join(filter(None, (held, there))) + "。")


def _members(gathered: Gathered) -> Iterator[Paragraph]:
    changed = [
        words
        for key, words in (
            ("members_joined", "新入会{members_joined}家次"),
            ("members_left", "退会{members_left}家次"),
        )
        if gathered.tells(key)
    ]
    is_silent = {"members_joined", "members_left"} & gathered.hidden
    still = "" if is_silent else "本期会员没有变动"
    happened = "本期" + "，".join(changed) if changed else still
    members = shared(gathered, "期末共有会员企业{members}家", "其中理事以上{council_enterprises}家")
    if happened or members:
        yield _say(gathered, "；".join(filter(None, (happened, members))) + "。")


def _donations(gathered: Gathered) -> Iterator[Paragraph]:
    if "donations" in gathered.hidden or not (gathered["donations"] or gathered["beneficiaries"]):
        return
    helped = "，受益{beneficiaries}人" if gathered.tells("beneficiaries") else ""
    so_far = "，今年以来累计{donations_so_far}元" if "donations_so_far" in gathered.figures else ""
    yield _say(gathered, "组织会员企业参与公益，本期捐赠{donations}元" + helped + so_far + "。")


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
    shown = [one for one in TOWN_COLUMNS if figure_of(one[1]) not in gathered.hidden]
    if gathered.scope.is_district and shown:
        yield Attachment(f"{gathered.period.words}各街镇主要指标", _town_table(gathered, shown))
    if gathered.kinds and "activities" not in gathered.hidden:
        yield Attachment(f"{gathered.period.words}活动分类型情况", _kind_table(gathered))
    if gathered.activities:
        yield Attachment(f"{gathered.period.words}活动清单", _activity_table(gathered))


def _town_table(gathered: Gathered, shown: Sequence[tuple[str, str]]) -> Table:
    titles = [title for title, _key in shown]
    keys = [key for _title, key in shown]
    return Table(
        columns=(Column("街镇"), *(Column(title, ColumnKind.NUMBER) for title in titles)),
        rows=tuple((row.name, *(row.cells[key] for key in keys)) for row in gathered.towns),
        total=("全区", *(_linked(gathered.figures[key]) for key in keys)),
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
    headcount = gathered.figures["headcount"]
    whole = "" if "headcount" in gathered.hidden else _linked(headcount)
    total: tuple[Cell, ...] = ("合计", "", "", "", whole)
    return Table(columns, rows, total=total, unit="人次")


def _linked(figure: Figure) -> LinkedCell:
    return LinkedCell(figure.value, figure.rows_url)
