"""The parts pages are built of. Each says what it is and what it takes; all stand in /gallery/."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template.base import FilterExpression, Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts import Chart
from core.kept import moment_words
from core.kept_parts import kept_part
from core.matrix_cells import cells_of, points_of, twin_of
from core.parts import (
    Action,
    Button,
    Crumb,
    Definition,
    Empty,
    Fact,
    Figure,
    HistoryEntry,
    Matrix,
    MatrixRow,
    Number,
    Progress,
    Spark,
    State,
    Step,
    Text,
    Tone,
    Waiting,
    number_words,
)
from core.tables import PER_PAGE_CHOICES

register = template.Library()

Context = dict[str, Any]


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon of the sprite (assets/icons.txt), as tall as the text; words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("build/icons.svg"),
        name,
    )


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """A part that is drawn anew only when something was written to what it read, or a number in it
    is another: ``{% kept "staffing" overview %}…{% endkept %}``. The ``key`` of its object says
    what else it depends on; the ``numbers`` it may have are known before, and so is what it
    ``stands_on``: tables that were read for it already. It holds no form of a POST."""
    _tag, name, shown = token.split_contents()
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(name.strip('"'), parser.compile_filter(shown), nodes)


class KeptNode(template.Node):
    def __init__(self, name: str, shown: FilterExpression, nodelist: template.NodeList) -> None:
        self.name, self.shown, self.nodelist = name, shown, nodelist

    def render(self, context: template.Context) -> SafeString:
        shown = self.shown.resolve(context)
        key = getattr(shown, "key", None)
        if key is None:  # a sample in the gallery
            return self.nodelist.render(context)
        return kept_part(
            f"drawn {self.name}",
            key,
            lambda: self.nodelist.render(context),
            values=getattr(shown, "numbers", None),
            stands_on=getattr(shown, "stands_on", ()),
        )


@register.simple_tag
def page_moment() -> str:
    """The moment of this answer, in the reader's language, on a kept page as well."""
    return moment_words()


@register.filter
def cells(row: MatrixRow) -> SafeString:
    """The cells of a row of a matrix: ``{{ row|cells }}``."""
    return cells_of(row)


@register.filter
def twin(chart: Chart) -> SafeString:
    """The rows of the table twin of a chart: ``{{ chart|twin }}``."""
    return twin_of(chart)


@register.filter
def points(spark: Spark) -> SafeString:
    """The rows of a small course, one for each point: ``{{ spark|points }}``."""
    return points_of(spark)


@register.filter
def figure_words(value: Number | str | None) -> str:
    """A number as it is read: ``{{ 9840|figure_words }}`` is 9,840."""
    return number_words(value)


@register.inclusion_tag("components/page_head.html")
def page_head(title: Text, crumbs: Sequence[Crumb] = (), actions: Sequence[Action] = ()) -> Context:
    """The head of a page: the way here, its title, what can be done. base.html draws it by itself
    from the context's ``title``, ``crumbs`` and ``actions``."""
    return {"title": title, "crumbs": crumbs, "actions": actions}


@register.inclusion_tag("components/action.html")
def action(action: Action, css: str = "") -> Context:
    """One act as a button: a link, or with ``post`` a form of its own (asks when ``confirm``)."""
    return {"action": action, "css": css}


@register.inclusion_tag("components/sentence.html")
def sentence(
    text: Text,
    as_of: Text = "",
    definition: Definition | None = None,
    export_url: str = "",
    printable: bool = True,
) -> Context:
    """The sentence a page opens with (made by ``core.parts.sentence``, numbers as links), and under
    it the day of the figures, their 口径, export and print."""
    return {
        "text": text,
        "as_of": as_of,
        "definition": definition,
        "export_url": export_url,
        "printable": printable,
    }


@register.inclusion_tag("components/figures.html")
def figures(figures: Sequence[Figure]) -> Context:
    """A strip of figures between two hairlines; the whole cell opens the rows."""
    return {"figures": figures}


@register.inclusion_tag("components/definition.html")
def definition(definition: Definition, label: Text = "") -> Context:
    """口径 in a small card under its word, or under a round ? when there is no ``label``."""
    return {"definition": definition, "label": label}


@register.inclusion_tag("components/chart.html")
def chart(chart: Chart) -> Context:
    """A chart with its table twin and the switch between them; without script the table alone."""
    return {"chart": chart, "block": f"chart-{chart.key}"}


@register.simple_tag
def state(word: Text | State, tone: str = Tone.GREY) -> SafeString:
    """A state as a small coloured word: ``{% state "待审核" "amber" %}`` or a ``State``."""
    shown = word if isinstance(word, State) else State(word, Tone(tone))
    return format_html('<span class="state state-{}">{}</span>', shown.tone, shown.word)


@register.inclusion_tag("components/filter_bar.html", takes_context=True)
def filter_bar(context: template.Context, records: Any, target: str = "list-results") -> Context:
    """The filters of a list (``core.lists.RecordList``): search and first fields, others folded.

    ``target`` "main" asks for the whole page, where more than the results depends on the filters.
    """
    return {"records": records, "target": target, "request": context["request"]}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any]) -> Context:
    """Page numbers and rows per page, as links of the current address."""
    return {
        "page": page,
        "numbers": list(_page_numbers(page)),
        "sizes": PER_PAGE_CHOICES,
        "request": context["request"],
    }


def _page_numbers(page: Page[Any]) -> Iterator[int | None]:
    """The numbers to show; None for a gap."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return (number if isinstance(number, int) else None for number in shown)


@register.inclusion_tag("components/empty.html")
def empty(empty: Empty) -> Context:
    """What an empty page says: what is missing and what to do first."""
    return {"empty": empty}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Sequence[HistoryEntry]) -> Context:
    """The history of a record, newest first: when, who, what, why, and each field's change."""
    return {"entries": entries}


@register.inclusion_tag("components/steps.html")
def steps(steps: Sequence[Step]) -> Context:
    """The steps of a job of several pages (``core.parts.steps``)."""
    return {"steps": steps}


@register.inclusion_tag("components/progress.html")
def progress(progress: Progress) -> Context:
    """How far a job in the background is. With ``poll_url`` it asks every two seconds; the answer
    is this same template, without ``poll_url`` once the job has ended."""
    return {"progress": progress}


@register.inclusion_tag("components/matrix.html")
def matrix(matrix: Matrix) -> Context:
    """Rows × columns of words or states, e.g. towns × months, with its legend."""
    return {"matrix": matrix}


@register.inclusion_tag("components/waiting.html")
def waiting(items: Sequence[Waiting]) -> Context:
    """谁在等谁: state, subject, since when, and the one act that moves it on."""
    return {"items": items}


@register.inclusion_tag("components/facts.html")
def facts(facts: Sequence[Fact]) -> Context:
    """The fields of one record, label beside value, in as many columns as fit."""
    return {"facts": facts}


@register.inclusion_tag("components/say.html")
def say(text: Text, tone: str = "") -> Context:
    """What the system understood or found, as a sentence in a frame; ``tone`` amber or green."""
    return {"text": text, "tone": tone}


@register.inclusion_tag("components/field.html")
def field(field: forms.BoundField, note: Text = "") -> Context:
    """One form field: label, control, help, errors, and ``note`` on where a value came from."""
    return {"field": field, "came_from": note}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm) -> Context:
    """All errors of a form at once, above it, each a link to its field."""
    errors = [
        {
            "label": form[name].label if name in form.fields else "",
            "target": form[name].auto_id if name in form.fields else "",
            "message": message,
        }
        for name, messages in form.errors.items()
        for message in messages
    ]
    count = len(errors)
    title = ngettext("有 %(count)s 处需要修改", "有 %(count)s 处需要修改", count)
    return {"errors": errors, "title": title % {"count": count}}


@register.inclusion_tag("components/form.html", takes_context=True)
def record_form(
    context: template.Context,
    form: forms.BaseForm,
    *,
    buttons: Sequence[Button] = (),
    draft: str = "",
    cancel_url: str = "",
    action_url: str = "",
    note: Text = "",
) -> Context:
    """A whole POST form: error summary, fields in their sections, buttons within the thumb's reach.

    ``draft`` ("activity-new", "activity-12") keeps what is typed in the browser under that key
    until it is accepted; a form without it asks before it is left with changes. ``note`` stands
    beside the buttons.
    """
    return {
        "form": form,
        "buttons": buttons or (Button(_("保存"), primary=True),),
        "draft": draft,
        "cancel_url": cancel_url,
        "action_url": action_url,
        "note": note,
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
    }
