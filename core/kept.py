"""Pages kept as they were answered, given again while nothing that they read has been written.

A page is kept with what had been written to each of its tables *before* it was made. What commits
while it is made, or later, changes that for good, so that the page is made anew: what is given is
what a page made now would say (docs/adr/0010).
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, ClassVar, TypeVar

from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import get_language

from core.access import Permission
from core.storage_room import free_when_scarce

Versions = Mapping[str, Any]  # of each table: what changes with every write to it
Key = tuple[Any, ...]
T = TypeVar("T")

MOST_BYTES = 48 * 1024 * 1024  # of one process; the pages that nobody asked for longest go first
TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?([a-z_][a-z_0-9]*)')
TOKEN = re.compile(rb'((?:name="csrfmiddlewaretoken" value|name="csrf-token" content)=")\w{64}"')
ASKED_BY_HTMX = ("HX-Request", "HX-Target", "HX-History-Restore-Request", "HX-Current-URL")
OF_NO_PAGE = frozenset({"password", "last_login"})  # of a person's row
SESSIONS = "django_session"

# Stands for the moment of the data while a page is made, and is replaced whenever it is given.
_MOMENT = f"\ue000{secrets.token_hex(8)}\ue001"


@dataclass(frozen=True, slots=True)
class Making:
    """A page that is being made: what had been written before, and the tables read until now."""

    versions: Versions
    named: set[str] = field(default_factory=set)


_making: ContextVar[Making | None] = ContextVar("making", default=None)


def making_now() -> Making | None:
    """The page, or the part of one, that is being made; None outside of one."""
    return _making.get()


@contextmanager
def making_apart(part: Making) -> Iterator[None]:
    """Has a part of the page note the tables that it reads itself."""
    token = _making.set(part)
    try:
        yield
    finally:
        _making.reset(token)


@dataclass(frozen=True, slots=True)
class Source:
    """Tells the versions of all tables that are watched, in one query.

    ``stands_for`` names the watched tables whose writes change what a derived table says.
    """

    read: Callable[[], Versions]
    watched: frozenset[str]
    stands_for: Mapping[str, frozenset[str]]

    def tables_of(self, named: Iterable[str]) -> frozenset[str] | None:
        """The watched tables behind these; None when one of them is not watched."""
        found: set[str] = set()
        for name in named:
            if name in self.watched:
                found.add(name)
            elif name in self.stands_for:
                found |= self.stands_for[name]
            elif name != SESSIONS:
                return None
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A body without what differs each time, and the versions it stands on."""

    body: bytes
    headers: Mapping[str, str]
    versions: Versions

    def holds(self, versions: Versions) -> bool:
        return all(versions.get(table) == known for table, known in self.versions.items())

    def answer(self, request: HttpRequest) -> HttpResponse:
        body = with_moment(self.body)
        if TOKEN.search(body):
            body = TOKEN.sub(rb'\g<1>%b"' % get_token(request).encode(), body)
        return HttpResponse(body, headers=dict(self.headers))


@dataclass
class KeptPages:
    """The pages of this process."""

    pages: OrderedDict[Key, KeptPage] = field(default_factory=OrderedDict)
    size: int = 0
    lock: Any = field(default_factory=Lock)

    def find(self, key: Key) -> KeptPage | None:
        with self.lock:
            if key in self.pages:
                self.pages.move_to_end(key)
            return self.pages.get(key)

    def put(self, key: Key, page: KeptPage) -> None:
        with self.lock:
            if replaced := self.pages.pop(key, None):
                self.size -= len(replaced.body)
            self.pages[key] = page
            self.size += len(page.body)
            while self.size > MOST_BYTES:
                _key, oldest = self.pages.popitem(last=False)
                self.size -= len(oldest.body)

    def forget(self) -> None:
        with self.lock:
            self.pages.clear()
            self.size = 0


kept_pages = KeptPages()
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Have pages kept by the versions that ``source`` tells. Called in an app's ``ready``."""
    _sources[:] = [source]


def source_in_use() -> Source | None:
    """What pages are kept by; None where none is registered."""
    return _sources[0] if _sources else None


_remembered: dict[Key, tuple[Versions, Any]] = {}


def remembered(name: str, tables: Collection[str], make: Callable[[], T]) -> T:
    """What ``make`` reads out of these tables, as long as nothing is written to them.

    The same for everybody and in every language, and never changed by who gets it. Outside of a
    page that may be kept it is read each time.
    """
    making = _making.get()
    if making is None:
        return make()
    making.named.update(tables)
    key, known = (name, *database_asked()), {table: making.versions.get(table) for table in tables}
    found = _remembered.get(key)
    if found is None or found[0] != known:
        found = _remembered[key] = (known, make())
    value: T = found[1]
    return value


def moment_words() -> str:
    """The moment of the data, as a page says it: always that of the answer, kept or made."""
    return _MOMENT if _making.get() else _moment_now()


def with_moment(body: bytes) -> bytes:
    return body.replace(_MOMENT.encode(), _moment_now().encode())


def _moment_now() -> str:
    return date_format(localtime(now()), "DATETIME_FORMAT")


class KeptPagesMiddleware:
    """Answers pages that anybody who signed in may read; the last of all middleware.

    A page is kept where all that it read is watched; what tells of the last act, or comes with a
    cookie or as a file, is not.
    """

    kept: ClassVar[frozenset[Permission]] = frozenset(
        {Permission.READ, Permission.READ_SUMMARIES, Permission.REVIEW_ACTIVITIES}
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        asked = getattr(view, "permission", None)
        if asked not in self.kept or not _sources or request.method != "GET":
            return None
        if not request.user.is_authenticated or not request.user.can(asked):
            return None
        source, key, is_plain = _sources[0], _key(request), _is_plain(request)
        versions = source.read()
        page = kept_pages.find(key) if is_plain else None
        if page and page.holds(versions):
            return page.answer(request)
        making = Making(versions)
        with _noting(making):
            response: HttpResponseBase = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponse):
            return response
        tables = source.tables_of(making.named) if is_plain else None
        if tables is not None and _may_be_kept(request, response):
            known = {table: versions.get(table) for table in tables}
            kept_pages.put(key, KeptPage(response.content, dict(response.items()), known))
        response.content = with_moment(response.content)
        return response


@contextmanager
def _noting(making: Making) -> Iterator[None]:
    """Notes the tables that are read meanwhile, for the page or for the part being made."""

    def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        (_making.get() or making).named.update(TABLE.findall(str(sql)))
        return execute(sql, params, many, context)

    with making_apart(making), connection.execute_wrapper(note):
        yield


def _is_plain(request: HttpRequest) -> bool:
    """Whether the page says nothing but its data: no word on the last act, none on the disk."""
    return not len(get_messages(request)) and free_when_scarce() is None


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and response.get("Content-Type", "").startswith("text/html")
        and not response.cookies
        and not request.session.modified
        and not len(get_messages(request))
    )


def _key(request: HttpRequest) -> Key:
    """What a page depends on besides its data: who asks for what, how, and on which day."""
    user: Any = request.user
    row = {
        one.attname: getattr(user, one.attname)
        for one in user._meta.concrete_fields
        if one.name not in OF_NO_PAGE
    }
    return (
        *(request.get_full_path(), request.get_host(), request.scheme, get_language()),
        *(request.headers.get(name) for name in ASKED_BY_HTMX),
        *(localdate(), *database_asked(), repr(row), user.town_ids),
    )


def database_asked() -> tuple[str, str]:
    return str(connection.settings_dict["HOST"]), str(connection.settings_dict["NAME"])
