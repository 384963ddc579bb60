"""Saved views as a page offers them: the app that keeps them registers, pages ask here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

# Shows a page as it is, not with the view that it opens with for this person.
WHOLE = "all"
# Parameters of an address that are no part of a view.
PASSING = frozenset({"page", "export", "history", WHOLE})


@dataclass(frozen=True, slots=True)
class SavedPage:
    """One view on offer. ``shared_by`` is who shares it, "" for one's own."""

    name: str
    url: str
    is_shown: bool
    is_default: bool
    shared_by: str = ""


@dataclass(frozen=True, slots=True)
class SavedPages:
    """The views of one page, and what would be saved now."""

    path: str
    query: str
    pages: Sequence[SavedPage] = ()

    @property
    def default_url(self) -> str:
        """Where the page leads when it is opened without saying how; "" when it has no default."""
        return next((page.url for page in self.pages if page.is_default and page.url), "")

    @property
    def whole_url(self) -> str:
        """The page without any filter, past the default."""
        return f"{self.path}?{WHOLE}=1" if self.default_url else self.path


Provider = Callable[[HttpRequest, str, str], SavedPages]
_providers: list[Provider] = []


def register_saved_views(provider: Provider) -> None:
    """Have pages offer the views that ``provider(request, path, query)`` knows, in one query."""
    _providers[:] = [provider]


def saved_pages(request: HttpRequest) -> SavedPages:
    """The views of the page that is asked for."""
    query = kept_query(request.GET)
    for provider in _providers:
        return provider(request, request.path, query)
    return SavedPages(request.path, query)


def kept_query(asked: QueryDict) -> str:
    """What of an address makes the view: everything with a value that is not passing."""
    kept = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name not in PASSING and any(values):
            kept.setlist(name, [value for value in values if value])
    return kept.urlencode()
