"""What the gallery shows: every component with content as it really occurs, marked as invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import charts
from core.gallery_examples import (
    TOWNS,
    ExampleFilterForm,
    ExampleFilters,
    ExampleForm,
    ExampleTable,
)
from core.lists import Pill
from core.parts import (
    Action,
    Beside,
    Button,
    Cell,
    Change,
    Crumb,
    Definition,
    Empty,
    Fact,
    Figure,
    HistoryEntry,
    Linked,
    Matrix,
    MatrixRow,
    Progress,
    State,
    Tone,
    Waiting,
    sentence,
    steps,
)
from core.tables import ClampedPaginator

# Bars, lines and cells of the examples: sessions by month of this year and the one before.
THIS_YEAR = (54, 40, 66, 73, 79)
YEAR_BEFORE = (46, 33, 59, 62, 78)
LONG_AGO = timedelta(days=3)


def gallery_parts(request: HttpRequest, *, today: date) -> dict[str, Any]:
    """The context of gallery.html."""
    here = reverse("core:gallery")
    return {
        "title": _("组件"),
        "crumbs": [Crumb(_("首页"), "/"), Crumb(_("组件"))],
        "actions": [
            Action(_("打印名单"), here, "printer"),
            Action(_("登记活动"), here, "plus", primary=True),
        ],
        "as_of": date_format(today, "DATE_FORMAT"),
        "opening": _opening(here),
        "definition": _definition(today),
        "figures": _figures(here, today),
        "charts": _charts(here, today.year),
        "reports": _reports(here),
        "brands": _brands(here),
        "waiting": _waiting(here),
        "history": _history(today),
        "steps": steps([_("选择文件"), _("看懂与核对"), _("确认导入"), _("结果")], 2),
        "progresses": _progresses(),
        "facts": _facts(here, today),
        "reading": _reading(),
        "states": [State(_("已确认"), Tone.GREEN), *_some_states()],
        "records": _records(),
        "table": _table(today),
        "page": ClampedPaginator(range(1204), 50).page(7),
        "form": ExampleForm(initial={"held_on": today, "title": "“国际家庭日”活动"}),
        "refused_form": _refused_form(),
        "form_buttons": [
            Button(_("存草稿"), "act", "draft"),
            Button(
                _("提交"), "act", "submit", primary=True, confirm=_("提交后由区里审核，确定提交？")
            ),
        ],
        "form_note": _("提交后可在“我的待办”里查看进度。"),
        "empty": Empty(
            _("还没有会员企业"),
            _("先导入一份会员名册，十分钟后这里就有 154 家。"),
            Action(_("导入表格"), here, "upload", primary=True),
        ),
        "asking": Action(
            _("撤销这次导入"),
            here,
            "arrow-back-up",
            post=True,
            confirm=_("确定撤销这次导入的 150 行？"),
        ),
    }


def _opening(here: str) -> str:
    return sentence(
        _(
            "今年以来，全区举办活动 {activities} 场，参加 {headcount} 人次，同比增长 12%；"
            "商会会员企业 {members} 家，其中理事以上 {council} 家；"
            "355 个村居中 {staffed} 个已配齐干事和联络员。"
        ),
        activities=Linked(312, here),
        headcount=Linked(9840, here),
        members=Linked(1204, here),
        council=Linked(286, here),
        staffed=Linked(349, here),
    )


def _definition(today: date) -> Definition:
    return Definition(
        _("已确认的活动，计划和取消的不算；联合举办的全区只计一场，在各街镇各计一场。"),
        scope=_("全区"),
        period=_("今年以来"),
        as_of=date_format(today, "DATE_FORMAT"),
    )


def _figures(here: str, today: date) -> list[Figure]:
    return [
        Figure(
            pgettext("列表", "活动"),
            312,
            _("场"),
            here,
            beside=[_up("12%", _("去年同期 279"), here)],
            definition=_definition(today),
        ),
        Figure(
            _("参加"),
            9840,
            pgettext("指标", "人次"),
            here,
            beside=[_up("8%", _("去年同期 9,110"), here)],
        ),
        Figure(pgettext("列表", "阵地"), 46, _("处"), here, comparison=_("闲置 90 天以上 2")),
        Figure(_("会员企业"), 1204, _("家"), here, comparison=_("新入会 37 · 退会 5")),
        Figure(
            _("村居配备"),
            349,
            "",
            here,
            of=355,
            change=_("缺 6 个"),
            good=False,
            note=_("查看名单"),
            note_url=here,
        ),
        Figure(pgettext("列表", "荣誉"), 41, _("项"), here, comparison=_("年内到期 3")),
    ]


def _up(change: str, base: str, here: str) -> Beside:
    return Beside(_("同比"), change, "up", good=True, base=base, url=here)


def _month_words(month: int) -> str:
    return date_format(date(2024, month, 1), _("n月"))


def _charts(here: str, year: int) -> list[charts.Chart]:
    months = [_month_words(month) for month in range(1, len(THIS_YEAR) + 1)]
    kinds = (_("座谈走访"), _("文化交流"), _("公益慈善"))
    parts = ((20, 14, 25, 30, 28), (22, 16, 27, 25, 33), (12, 10, 14, 18, 18))
    return [
        charts.bars_by_month(
            key="activities",
            title=_("活动，按月"),
            unit=_("场"),
            year=year,
            this_year=THIS_YEAR,
            year_before=YEAR_BEFORE,
            rows_url=lambda year, month: f"{here}?period={year}-{month:02d}",
        ),
        charts.stacked(
            key="kinds",
            title=_("活动，按类型"),
            unit=_("场"),
            categories=months,
            series=[charts.Series(name, values) for name, values in zip(kinds, parts, strict=True)],
            axis_label=_("月份"),
        ),
        charts.line(
            key="headcount",
            title=_("参加人次"),
            unit=pgettext("指标", "人次"),
            categories=months,
            series=[
                charts.Series(str(year), (1820, 1260, 2140, 2310, 2310), part="main"),
                charts.Series(str(year - 1), (1640, 1105, 2010, None, 2180), part="compared"),
            ],
            axis_label=_("月份"),
        ),
        charts.bars(
            key="towns",
            title=_("活动，按街镇"),
            unit=_("场"),
            categories=["中国（上海）自由贸易试验区示例园区", *TOWNS],
            values=(9, 31, 28, 44, 39, 68, 12),
            urls=[here] * (len(TOWNS) + 1),
            axis_label=_("街镇"),
        ),
        charts.heatmap(
            key="towns-by-month",
            title=_("街镇与月份"),
            unit=_("场"),
            categories=months,
            series=[
                charts.Series(
                    town, [(row * 5 + month * 7) % 19 for month in range(1, 6)], [here] * 5
                )
                for row, town in enumerate(TOWNS)
            ],
            axis_label=_("月份"),
        ),
    ]


def _reports(here: str) -> Matrix:
    on_time = Cell("✓", Tone.GREEN, meaning=_("按时"))
    late = Cell(_("迟"), Tone.AMBER, meaning=_("补报"))
    nil = Cell("○", Tone.GREY, meaning=_("零报告"))
    missing = Cell("！", Tone.RED, here, meaning=_("未报"))
    rows = {
        "夏阳街道": (on_time,) * 5,
        "盈浦街道": (on_time, late, on_time, on_time, on_time),
        "华新镇": (on_time,) * 5,
        "练塘镇": (on_time, nil, on_time, late, missing),
    }
    counts = (("31", "+4"), ("28", "+1"), ("68", "+12"), ("12", "−2"))
    return Matrix(
        _("报送情况"),
        [*map(_month_words, range(1, 6)), pgettext("列表", "活动"), _("同比")],
        [
            MatrixRow(town, [*cells, Cell(count, url=here), Cell(change)], here)
            for (town, cells), (count, change) in zip(rows.items(), counts, strict=True)
        ],
        corner=_("街镇"),
        legend=[(cell, cell.meaning) for cell in (on_time, late, nil, missing)],
    )


def _brands(here: str) -> Matrix:
    rows = {
        "赵巷镇": ("", "同心家园", "同心巷聚", ""),
        "华新镇": ("商会之家", "幸福·新e园", "", ""),
        "徐泾镇": ("联采项目", "", "蟠龙街区", "同心筑梦"),
    }
    return Matrix(
        _("品牌矩阵"),
        [_("民营经济"), _("新阶层"), _("文化"), _("公益")],
        [
            MatrixRow(town, [Cell(name) if name else Cell() for name in names])
            for town, names in rows.items()
        ],
    )


def _waiting(here: str) -> list[Waiting]:
    return [
        Waiting(
            State(_("待审核"), Tone.AMBER),
            "徐泾镇 “国际家庭日”活动",
            _("在区里 2 天"),
            Action(_("审核"), here),
        ),
        Waiting(
            State(_("未报送"), Tone.RED),
            "练塘镇 5月情况",
            _("28日截止，已提醒 1 次"),
            Action(_("提醒"), here, post=True),
        ),
        Waiting(
            State(_("已退回"), Tone.GREY),
            "白鹤镇 企业座谈会：人数与照片不符",
            _("在镇里 1 天"),
            Action(_("查看"), here),
        ),
        Waiting(
            State(_("待签发"), Tone.GREEN),
            "5月工作小结（全区）",
            _("数据已冻结，草稿完成"),
            Action(_("签发"), here),
        ),
    ]


def _history(today: date) -> list[HistoryEntry]:
    moment = make_aware(datetime.combine(today, time(16, 5)))
    return [
        HistoryEntry(
            moment,
            "示例区级干部",
            pgettext("修改记录", "退回"),
            reason=_("人数与照片不符，请核对。"),
            where_from=_("网页"),
            tone=Tone.AMBER,
        ),
        HistoryEntry(
            moment - LONG_AGO,
            "示例联络员",
            pgettext("修改记录", "修改"),
            [Change(_("人数"), "60", "66"), Change(_("阵地"), "", "蟠龙统战文化街区")],
            where_from=_("手机"),
            tone=Tone.BLUE,
        ),
        HistoryEntry(
            moment - 2 * LONG_AGO,
            "示例联络员",
            pgettext("修改记录", "新增"),
            where_from=_("手机"),
        ),
    ]


def _progresses() -> list[Progress]:
    return [
        Progress(_("正在导入 华新镇商会会员名册"), 90, 150, note=_("可以关闭本页，导入会继续。")),
        Progress(_("导入完成"), 150, 150, "done"),
        Progress(_("没有完成：第 97 行之后停下，全部未写入"), 96, 150, "failed"),
    ]


def _facts(here: str, today: date) -> list[Fact]:
    return [
        Fact(_("类型"), _("商会之家")),
        Fact(_("所属街镇"), "华新镇", here),
        Fact(_("面积（㎡）"), 650),
        Fact(_("功能区"), "商会成果展示、商会综合办公、商会以商引商服务"),
        Fact(_("启用时间"), date_format(today, "DATE_FORMAT")),
        Fact(_("责任人"), None, note=_("待补充")),
    ]


def _reading() -> str:
    return sentence(
        _("我们这样读这份表：第 {row} 行是表头；列 {left_out} 属个人信息，不导入也不保存。"),
        row=Linked(3),
        left_out=Linked("民族"),
    )


def _some_states() -> Sequence[State]:
    return (
        State(_("有变化"), Tone.BLUE),
        State(_("待审核"), Tone.AMBER),
        State(_("未报送"), Tone.RED),
        State(_("草稿"), Tone.GREY),
    )


def _records() -> dict[str, Any]:
    return {
        "filters": ExampleFilters(ExampleFilterForm({"town": "华新镇"})),
        "pills": [
            Pill("town", _("街镇"), "华新镇", "?"),
            Pill("council", _("理事以上"), _("是"), "?"),
        ],
    }


def _table(today: date) -> ExampleTable:
    names = ("一物流", "二供应链（集团）", "三精密机械", "四建设工程", "五生态农业")
    positions = ("会长", "副会长", "理事", "会员", "会员")
    capitals = (5000, 1000, 500, None, 100)
    rows = [
        {
            "name": f"上海示例{name}有限公司",
            "code": f"示例{number:016d}",
            "position": position,
            "joined_on": today - number * LONG_AGO if number != 4 else None,
            "capital": capital,
            "activities": number * 3,
        }
        for number, name, position, capital in zip(
            range(1, 6), names, positions, capitals, strict=True
        )
    ]
    table = ExampleTable(rows)
    table.paginate(paginator_class=ClampedPaginator, per_page=25)
    return table


def _refused_form() -> ExampleForm:
    values = {"title": "", "held_on": "", "headcount": "-3", "venue": "1", "mode": "offline"}
    form = ExampleForm(values, auto_id="refused_%s")
    form.is_valid()
    return form
