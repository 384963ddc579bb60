"""What a summary says: sentences of figures only, true for a busy month and for an empty one."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from activities.models import Host
from core.periods import Period
from summaries.content import write_document
from summaries.figures.questions import Rules
from summaries.gathering import gather
from summaries.models import Summary
from summaries.writers.document import (
    BodyParagraph,
    FigureRun,
    LinkedCell,
    SummaryDocument,
    cell_value,
    outline,
)
from tests import factories
from towns.models import Post, Town

pytestmark = pytest.mark.django_db
MAY = Period.parse("2024-05")


def written(
    town: Town | None = None, period: Period = MAY, kind: str = Summary.Kind.MONTHLY
) -> SummaryDocument:
    with translation.override("zh-hans"):
        return write_document(
            gather(kind=kind, period=period, town=town, rules=Rules(), written_on=date(2024, 6, 1))
        )


def text_of(document: SummaryDocument) -> str:
    return "\n".join(
        part.paragraph.text if isinstance(part, BodyParagraph) else f"{part.number}{part.text}"
        for part in outline(document)
    )


def staff(town: Town) -> None:
    village = factories.village(town)
    factories.post(village, Post.Kind.OFFICER)
    factories.post(village, Post.Kind.LIAISON)


def test_it_has_the_parts_of_an_official_summary(own_town: Town) -> None:
    factories.activity(own_town)
    document = written()
    assert document.title == "青浦区2024年5月统战工作情况月报"
    headings = [section.heading for section in document.sections]
    assert headings == ["基本概况", "主要工作", "存在问题", "下一步工作打算"]
    assert document.as_of_words == "数据截至2024年5月31日24时"
    assert document.lead.text.startswith("2024年5月，全区共举办活动1场，参加10人次")


def test_every_number_of_a_sentence_is_a_figure_with_its_rows(own_town: Town) -> None:
    factories.activity(own_town, start_on=date(2023, 5, 2))
    factories.activity(own_town, donation_yuan=5000, beneficiaries=8)
    for document in (written(), written(own_town)):
        listed = {figure.key: figure for figure in document.figures}
        used = [
            run
            for part in outline(document)
            if isinstance(part, BodyParagraph)
            for run in part.paragraph.runs
            if isinstance(run, FigureRun)
        ]
        assert len(used) > 15
        for run in used:
            assert run.text == listed[run.key].text
            assert run.rows_url.startswith("/figures/")
        assert all(figure.definition for figure in document.figures)


def test_the_growth_is_said_with_its_direction(own_town: Town) -> None:
    def held(times: int, year: int = 2024) -> None:
        for _ in range(times):
            factories.activity(own_town, start_on=date(year, 5, 2))

    held(10, 2023)
    held(5)
    assert "场次同比下降50%" in written().lead.text
    held(5)
    assert "场次与上年同期持平" in written().lead.text
    held(5)
    assert "场次同比增长50%" in written().lead.text


def test_of_a_small_base_the_difference_is_said_and_no_percentage(own_town: Town) -> None:
    for _ in range(2):
        factories.activity(own_town, start_on=date(2023, 5, 2))
    factories.activity(own_town)
    assert "场次比上年同期少1场" in written().lead.text
    factories.activity(own_town)
    assert "场次与上年同期持平" in written().lead.text
    factories.activity(own_town)
    assert "场次比上年同期多1场" in written().lead.text
    assert "%" not in written().lead.text


def test_a_month_without_anything_says_so(own_town: Town) -> None:
    staff(own_town)
    document = written(own_town)
    words = text_of(document)
    assert "华新镇没有经确认的活动" in words
    assert "没有缺口" in words
    assert "继续按年度计划推进" in words
    assert [table.title for table in document.attachments] == []


def test_gaps_are_named_and_answered_by_a_plan(own_town: Town) -> None:
    factories.village(own_town, "示例甲村")
    factories.venue(own_town, "示例阵地", opened_on=date(2020, 1, 1))
    words = text_of(written())
    assert "一是尚有1个村居的统战干事或联络员未配齐（华新镇示例甲村）" in words
    assert "二是有1处阵地较长时间没有开展活动（华新镇示例阵地）" in words
    assert "一是补齐1个村居的力量缺额" in words
    assert "二是逐处研究1处闲置阵地的盘活措施" in words


def test_a_name_with_braces_stays_a_name(own_town: Town) -> None:
    factories.village(own_town, "{members}村")
    assert "{members}村" in text_of(written(own_town))


def test_the_district_has_a_line_for_each_town_and_its_own_total(
    own_town: Town, other_town: Town
) -> None:
    joint = factories.activity(own_town)
    Host.objects.create(activity=joint, part=Host.Part.CO_HOST, town=other_town)
    table = written().attachments[0].table
    assert [row[0] for row in table.rows] == ["华新镇", "徐泾镇"]
    assert [cell_value(row[1]) for row in table.rows] == [1, 1]
    assert table.total is not None
    assert cell_value(table.total[1]) == 1
    assert all(isinstance(cell, LinkedCell) for row in table.rows for cell in row[1:])


def test_a_town_lists_its_activities(own_town: Town) -> None:
    factories.activity(own_town, "甲活动", start_on=date(2024, 5, 2))
    factories.activity(own_town, "乙活动", start_on=date(2024, 5, 1), headcount=None)
    listed = written(own_town).attachments[-1]
    assert listed.title == "2024年5月活动清单"
    assert [row[1] for row in listed.table.rows] == ["乙活动", "甲活动"]


@pytest.mark.parametrize(
    ("kind", "period", "title"),
    [
        (Summary.Kind.QUARTERLY, "2024-Q2", "华新镇2024年第2季度统战工作情况季报"),
        (Summary.Kind.HALF_YEARLY, "2024-H1", "华新镇2024年上半年统战工作总结"),
        (Summary.Kind.YEARLY, "2024", "华新镇2024年度统战工作总结"),
    ],
)
def test_longer_periods_have_their_own_titles(
    own_town: Town, kind: str, period: str, title: str
) -> None:
    document = written(own_town, Period.parse(period), kind)
    assert document.title == title
    assert ("今年以来" in document.lead.text) is (kind == Summary.Kind.QUARTERLY)
