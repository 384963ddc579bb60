"""The content model refuses what contradicts itself, and numbers what it holds."""

from dataclasses import replace

import pytest

from summaries.writers.document import (
    BodyParagraph,
    Column,
    Figure,
    FigureRun,
    Heading,
    Section,
    Table,
    TextRun,
    UnwritableDocument,
    absolute_url,
    labelled_attachments,
    outline,
    plain,
    sentence,
)
from tests.summaries.half_year import figures, half_year_document

MEMBERS = Figure("members", "会员企业数", 1826, "家", "期末会籍有效的企业", "/members/")


def test_a_sentence_carries_its_figures_with_their_rows() -> None:
    paragraph = sentence("{town}有会员企业{members}家。", {"members": MEMBERS}, {"town": "华新镇"})
    assert paragraph.text == "华新镇有会员企业1,826家。"
    assert paragraph.runs[2] == FigureRun("members", "1,826", "/members/")


def test_a_name_with_braces_stays_what_it_is() -> None:
    paragraph = sentence("{town}", {"members": MEMBERS}, {"town": "{members}{0.__class__}"})
    assert paragraph.runs == (TextRun("{members}{0.__class__}"),)


@pytest.mark.parametrize("template", ["{nothing}", "{members.value}", "{0}", "{}"])
def test_a_sentence_cannot_use_a_figure_it_was_not_given(template: str) -> None:
    with pytest.raises(UnwritableDocument, match="未提供") as refusal:
        sentence(template, {"members": MEMBERS})
    assert refusal.value.code == "unknown-figure"


def test_a_figure_without_value_is_said_to_have_none() -> None:
    assert replace(MEMBERS, value=None).as_run().text == "—"


def test_headings_are_numbered_in_reading_order_and_an_empty_one_numbers_its_paragraph() -> None:
    parts = list(outline(half_year_document()))
    headings = [(part.level, part.number) for part in parts if isinstance(part, Heading)]
    assert headings == [
        (1, "一、"), (1, "二、"), (2, "（一）"), (2, "（二）"), (2, "（三）"), (2, "（四）"),
        (2, "（五）"),
        (1, "三、"), (1, "四、"), (2, "（一）"), (3, "1."), (2, "（二）"),
    ]  # fmt: skip
    numbers = [part.number for part in parts if isinstance(part, BodyParagraph) and part.number]
    assert numbers == ["2.", "（1）", "（2）"]
    assert isinstance(parts[0], BodyParagraph)


def test_the_list_of_sources_is_the_last_attachment() -> None:
    printed = labelled_attachments(half_year_document())
    assert [one.label for one in printed] == ["附件1", "附件2", "附件3"]
    assert [one.is_sources for one in printed] == [False, False, True]
    titles = [row[1].value for row in printed[2].attachment.table.rows]  # type: ignore[union-attr]
    assert titles == [figure.title for figure in figures()]


def test_a_single_attachment_has_no_number_and_no_figures_no_list() -> None:
    document = half_year_document(attachments=())
    assert [one.label for one in labelled_attachments(document)] == ["附件"]
    bare = replace(document, figures=(), lead=plain("无。"), sections=())
    assert labelled_attachments(bare) == ()


@pytest.mark.parametrize(
    ("rows_url", "address"),
    [
        ("/activities/?town=1", "http://tongxin.example.gov.cn/activities/?town=1"),
        ("https://other.example/rows", "https://other.example/rows"),
        ("//evil.example/rows", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_become_links(rows_url: str, address: str) -> None:
    assert absolute_url(half_year_document(), rows_url) == address


def test_without_the_address_of_the_site_there_is_no_link() -> None:
    assert absolute_url(half_year_document(site_url=""), "/activities/") == ""


DEEP = Section("", (plain("五"),))
for _ in range(4):
    DEEP = Section("层", (plain("层"),), (DEEP,))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " \n "}, "no-title"),
        ({"issuer": ""}, "no-title"),
        ({"figures": ()}, "figure-unlisted"),
        ({"figures": (*figures(), figures()[0])}, "figure-twice"),
        ({"figures": (*figures(), replace(MEMBERS, key="x", value=float("inf")))}, "not-a-number"),
        ({"sections": (Section("", (plain("无标题"),)),)}, "no-heading"),
        ({"sections": (DEEP,)}, "too-deep"),
    ],
)
def test_a_document_that_contradicts_itself_is_refused(
    changes: dict[str, object], code: str
) -> None:
    with pytest.raises(UnwritableDocument) as refusal:
        half_year_document(**changes)
    assert refusal.value.code == code


def test_a_table_must_have_as_many_cells_as_columns() -> None:
    with pytest.raises(UnwritableDocument, match="第2行有1格，表头有2列"):
        Table((Column("街镇"), Column("场次")), (("华新镇", 1), ("赵巷镇",)))
    with pytest.raises(UnwritableDocument, match="第2行"):
        Table((Column("街镇"),), (("华新镇",),), total=("合计", 1))
    with pytest.raises(UnwritableDocument, match="至少要有一列"):
        Table((), ())


def test_the_signatory_is_the_issuer_unless_another_signs() -> None:
    assert half_year_document().signatory == "中共上海市青浦区委统一战线工作部"
    assert half_year_document(signed_by="青浦区商会").signatory == "青浦区商会"
