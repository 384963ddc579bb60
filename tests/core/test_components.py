"""The parts pages are built of: documented, in the gallery, without code in the page, readable."""

from __future__ import annotations

import ast
import inspect
import itertools
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.library import Library

from accounts.models import User
from config.navigation import NAVIGATION
from core.browser_words import BROWSER_WORDS
from core.matrix_cells import cells_of
from core.parts import Cell, Figure, Linked, MatrixRow, Progress, Tone, sentence, steps
from core.templatetags import components
from tests.conftest import SignedIn

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
PARTS = sorted((TEMPLATES / "components").rglob("*.html"))
SOURCES = [
    path
    for path in ROOT.glob("*/**/*.py")
    if not path.is_relative_to(ROOT / ".venv") and "node_modules" not in path.parts
]
LIBRARY: Library = components.register

# WCAG AA for text; every ground a word may stand on.
CONTRAST = 4.5
INKS = ("ink", "ink-2", "ink-3", "red", "red-deep", "green", "blue", "amber", "grey")
GROUNDS = (
    "paper",
    "sheet",
    "shade",
    "red-wash",
    "green-wash",
    "blue-wash",
    "amber-wash",
    "grey-wash",
)


class Markup(HTMLParser):
    """Collects what a strict content policy would forbid."""

    def __init__(self) -> None:
        super().__init__()
        self.forbidden: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        inline = tag == "script" and "src" not in names and names.get("type") != "application/json"
        if tag == "style" or inline:
            self.forbidden.append(tag)
        self.forbidden += [
            f"{tag} {name}" for name in names if name == "style" or name.startswith(("on", "hx-on"))
        ]


def markup(html: str) -> Markup:
    parser = Markup()
    parser.feed(html)
    return parser


def drawn(source: str, **context: object) -> str:
    return Template("{% load components %}" + source).render(Context(context))


def test_the_gallery_is_open_to_whoever_is_signed_in(
    signed_in: SignedIn, officer: User, liaison: User, auditor: User
) -> None:
    for person in (officer, liaison, auditor):
        assert signed_in(person).get("/gallery/").status_code == 200


def test_the_gallery_shows_every_component(signed_in: SignedIn, officer: User) -> None:
    source = (TEMPLATES / "gallery.html").read_text()
    # Inside the others, or by base; what is kept looks as what is drawn.
    pieces = {"page_head", "icon", "action", "definition", "field", "page_moment", "kept"}
    missing = [
        tag
        for tag in LIBRARY.tags
        if tag not in pieces and not re.search(r"{% " + tag + r"\b", source)
    ]
    assert missing == []
    html = signed_in(officer).get("/gallery/").content.decode()
    for sign in ('class="definition"', 'class="icon"', 'class="field', 'class="btn'):
        assert sign in html


def test_the_gallery_holds_no_code_and_no_id_twice(signed_in: SignedIn, officer: User) -> None:
    page = markup(signed_in(officer).get("/gallery/").content.decode())
    assert page.forbidden == []
    assert [one for one in page.ids if page.ids.count(one) > 1] == []


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
def test_every_component_says_what_it_is(path: Path) -> None:
    assert re.search(r"{# [A-Z口谁][^#]{15,} #}", path.read_text()), "an opening comment in words"


def test_every_tag_has_a_docstring_and_typed_parameters() -> None:
    for name, compiled in LIBRARY.tags.items():
        function = inspect.unwrap(compiled)
        assert inspect.getdoc(function), name
        untyped = [
            one.name
            for one in inspect.signature(function).parameters.values()
            if one.annotation is inspect.Parameter.empty
        ]
        assert untyped == [], name


def test_no_template_of_the_frame_holds_code() -> None:
    for path in [*PARTS, *TEMPLATES.glob("*.html"), *(TEMPLATES / "errors").glob("*.html")]:
        assert markup(path.read_text()).forbidden == [], path.name


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    sprite = set((ROOT / "assets" / "icons.txt").read_text().split())
    named = {item.icon for section in NAVIGATION for item in section.items}
    for path in TEMPLATES.rglob("*.html"):
        named |= set(re.findall(r'{% icon "([a-z0-9-]+)"', path.read_text()))
    for path in SOURCES:
        named |= set(_icons_of_actions(ast.parse(path.read_text())))
    assert named - sprite == set()


def _icons_of_actions(tree: ast.AST) -> Iterator[str]:
    """The icons in calls such as Action("登记", url, "plus") and Action(..., icon="plus")."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Action":
            continue
        third = node.args[2:3] + [one.value for one in node.keywords if one.arg == "icon"]
        yield from (str(one.value) for one in third if isinstance(one, ast.Constant) and one.value)


def test_the_words_of_the_scripts_are_those_they_ask_for() -> None:
    asked: set[str] = set()
    for path in (ROOT / "assets" / "js").glob("*.js"):
        asked |= set(re.findall(r'\bsay\("(\w+)"', path.read_text()))
    assert asked == set(BROWSER_WORDS)


@pytest.mark.parametrize(("ink", "ground"), list(itertools.product(INKS, GROUNDS)))
def test_every_ink_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    tokens = (ROOT / "assets" / "css" / "tokens.css").read_text()
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", tokens))
    lighter, darker = sorted((_luminance(colours[name]) for name in (ink, ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= CONTRAST


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_sentence_links_its_numbers_and_escapes_the_rest() -> None:
    text = sentence("{town}举办 {count} 场", town="<b>镇</b>", count=Linked(9840, "/a/?x=1&y=2"))
    assert text == ('&lt;b&gt;镇&lt;/b&gt;举办 <a class="num" href="/a/?x=1&amp;y=2">9,840</a> 场')
    assert "口径" not in drawn("{% sentence text printable=False %}", text=text)


def test_a_figure_shows_its_whole_and_whether_a_change_is_welcome() -> None:
    figure = Figure("村居配备", 349, "个", "/v/", of=355, change="缺 6 个", good=False)
    html = drawn("{% figures figures %}", figures=[figure])
    assert '<a href="/v/">349</a><small>/ 355 个</small>' in html
    assert 'class="is-poor"' in html


def test_a_job_that_runs_is_asked_again_and_one_that_ended_is_not() -> None:
    running = Progress("导入", 90, 150, poll_url="/job/")
    html = drawn("{% progress job %}", job=running)
    assert 'hx-get="/job/"' in html
    assert 'data-width="60"' in html
    assert 'aria-valuenow="60"' in html
    ended = drawn("{% progress job %}", job=Progress("导入", 90, 150, "done"))
    assert "hx-get" not in ended
    assert 'data-width="100"' in ended


def test_an_unknown_total_is_no_division_by_zero() -> None:
    job = Progress("导入", 0, 0, "waiting")
    assert (job.percent, job.words) == (0, "")


def test_steps_before_are_done_and_after_are_to_do() -> None:
    assert [step.state for step in steps(["甲", "乙", "丙"], 2)] == ["done", "current", "todo"]


def test_an_act_that_changes_something_is_a_form_with_a_token(
    signed_in: SignedIn, officer: User
) -> None:
    html = signed_in(officer).get("/gallery/").content.decode()
    form = html[html.index("data-confirm=") :]
    assert "csrfmiddlewaretoken" in form[: form.index("</form>")]


def test_a_cell_of_a_matrix_is_words_a_link_or_a_state_that_is_read_aloud() -> None:
    row = MatrixRow(
        "甲镇",
        [
            Cell(),
            Cell("3<"),
            Cell("4", url="/rows/?a=1&b=2"),
            Cell("○", tone=Tone.GREY, url="/b/", meaning="沉寂"),
            Cell("在", tone=Tone.GREEN),
        ],
    )
    assert cells_of(row) == (
        '<td class="is-nothing">—</td><td>3&lt;</td>'
        '<td><a class="num" href="/rows/?a=1&amp;b=2">4</a></td>'
        '<td><a class="state is-cell state-grey" href="/b/"><span aria-hidden="true">○</span>'
        '<span class="visually-hidden">沉寂</span></a></td>'
        '<td><span class="state is-cell state-green">在</span></td>'
    )
