"""What is said of a row is said in the language of whoever reads it, not of whoever uploaded."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.utils.translation import gettext_lazy, override

from chambers.models import Membership
from config.messages import CHINESE
from core.refusals import Refused, Rule
from core.said import told, why_refused
from imports.models import Batch
from imports.plans.rows import error, warning
from imports.understanding.said import kept_words, listed, said, words_of
from tests.imports.conftest import Receive, commit, undo

MESSAGE = "该信用代码在系统中的名称是“%(name)s”，名称保持不变，请核对。"


def test_a_plan_s_sentence_is_told_in_either_language() -> None:
    problem = warning("name", said(MESSAGE) % {"name": "上海甲有限公司"})
    with override("en"):
        english = words_of(problem, "members")
    assert words_of(problem, "members") == MESSAGE % {"name": "上海甲有限公司"}
    assert "上海甲有限公司" in english
    assert "信用代码" not in english


def test_a_sentence_within_a_sentence_is_told_in_the_same_language() -> None:
    places = listed([said("第%(rows)s行") % {"rows": "5、9"}, said("第%(rows)s行") % {"rows": "2"}])
    problem = error("name", said("与%(rows)s是同一家企业，请只留一行。") % {"rows": places})
    assert words_of(problem, "members") == "与第5、9行、第2行是同一家企业，请只留一行。"
    with override("en"):
        english = words_of(problem, "members")
    assert "第" not in english
    assert "同一" not in english


def test_a_sentence_that_was_kept_whole_stays_as_it_is() -> None:
    with override("en"):
        assert words_of(warning("name", "照旧"), "members") == "照旧"


@pytest.mark.django_db
def test_what_the_reader_found_is_told_with_its_cell_and_field(
    uploaded: Callable[..., Batch],
) -> None:
    roster = "企业名称,入会时间\n上海甲有限公司,说不清\n".encode()
    (problem,) = uploaded("名册.csv", roster).rows.get(number=2).problems
    assert words_of(problem, "members") == problem["message"]
    assert problem["message"].startswith("B2：")
    with override("en"):
        english = words_of(problem, "members")
    assert english.startswith("B2: ")
    assert "入会" not in english


def test_rules_and_lazy_words_are_kept_by_their_messages() -> None:
    rules = [
        Rule("A", gettext_lazy("该用户名已有人使用。")),
        Rule("B", said("第%(rows)s行") % {"rows": 5}),
    ]
    kept = json.loads(json.dumps(kept_words(why_refused(Refused(rules)))))

    assert told(kept) == kept["message"] == "该用户名已有人使用。；第5行"
    with override("en"):
        english = told(kept)
    assert CHINESE.search(english.replace("；", "")) is None
    assert "5" in english


@pytest.mark.django_db
def test_why_a_row_was_not_taken_back_is_told_in_either_language(received: Receive) -> None:
    batch = commit(received({"name": "上海示例甲有限公司"}, {"name": "上海示例乙有限公司"}))
    Membership.objects.filter(enterprise__name="上海示例甲有限公司").update(position="councillor")
    batch = undo(batch)
    row, job = batch.rows.get(outcome="kept"), batch.job
    assert job is not None

    assert (row.outcome_words, job.words) == (row.outcome_reason, job.message)
    with override("en"):
        english = [row.outcome_words, job.words]
        row.outcome_said = {}  # as in a row from before the message was kept
        assert row.outcome_words == row.outcome_reason
    assert "changed" in english[0]
    assert not any(words in sentence for sentence in english for words in ("后来", "撤销", "行"))
