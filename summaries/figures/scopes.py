"""What a figure is asked of: the district, a town, a chamber, a venue or a brand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chambers.models import Chamber
from core.access import Viewer
from core.normalise import name_key
from core.parts import Text
from towns.models import Brand, Town
from venues.models import Venue


class ScopeKind(StrEnum):
    DISTRICT = "district"
    TOWN = "town"
    CHAMBER = "chamber"
    VENUE = "venue"
    BRAND = "brand"

    @property
    def words(self) -> Promise:
        return KIND_WORDS[self]


KIND_WORDS: dict[ScopeKind, Promise] = {
    ScopeKind.DISTRICT: gettext_lazy("全区"),
    ScopeKind.TOWN: gettext_lazy("街镇"),
    ScopeKind.CHAMBER: gettext_lazy("商会"),
    ScopeKind.VENUE: gettext_lazy("阵地"),
    ScopeKind.BRAND: gettext_lazy("品牌"),
}


class ScopeNotFound(LookupError):
    """No such place, or none that this person may see; the message says which."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A place that figures are counted for; ``str()`` is what stands in an address.

    ``ref`` is a town's code or a record's primary key; ``pks`` the primary keys it stands for: a
    venue brings those of its parts.
    """

    kind: ScopeKind
    ref: str = ""
    pks: tuple[int, ...] = field(default=(), compare=False)
    title: Text = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.kind}:{self.ref}" if self.ref else str(self.kind)

    @property
    def is_district(self) -> bool:
        return self.kind is ScopeKind.DISTRICT


def district() -> Scope:
    """The whole district, under its own name."""
    return Scope(ScopeKind.DISTRICT, title=settings.DISTRICT_NAME)


def of_town(town: Town) -> Scope:
    return Scope(ScopeKind.TOWN, town.code, (town.pk,), town.name)


def town_coded(code: str) -> Scope:
    """The town of a code that was found before; a code nobody has stands for no town at all."""
    pks = Town.objects.filter(code=code).values_list("pk", flat=True)
    return Scope(ScopeKind.TOWN, code, tuple(pks), code)


def every_town() -> Scope:
    """All towns together, which is not the district: what belongs to no town is left out."""
    return Scope(ScopeKind.TOWN, "every", tuple(Town.objects.values_list("pk", flat=True)))


def of_chamber(chamber: Chamber) -> Scope:
    return Scope(ScopeKind.CHAMBER, str(chamber.pk), (chamber.pk,), chamber.name)


def of_venue(venue: Venue) -> Scope:
    """The venue together with its parts, however deep."""
    pks = [venue.pk]
    below = pks
    while below:
        parts = Venue.objects.filter(parent_id__in=below).values_list("pk", flat=True)
        below = [pk for pk in parts if pk not in pks]
        pks += below
    return Scope(ScopeKind.VENUE, str(venue.pk), tuple(pks), venue.name)


def of_brand(brand: Brand) -> Scope:
    return Scope(ScopeKind.BRAND, str(brand.pk), (brand.pk,), brand.name)


def find_scope(text: str, user: Viewer) -> Scope:
    """Read ``district``, ``town:310118107``, ``chamber:12``, ``venue:5`` or ``brand:3``.

    Raises ScopeNotFound for what isn't there and for what this person may not see, alike.
    """
    kind, _colon, ref = text.partition(":")
    if kind == ScopeKind.DISTRICT and not ref and user.town_ids is None:
        return district()
    finder = FINDERS.get(kind)
    found = finder(ref, user) if finder and ref else None
    if found is None:
        raise ScopeNotFound(_("没有找到范围“%(text)s”。") % {"text": text[:60]})
    return found


def named_scope(kind: ScopeKind, name: str, user: Viewer) -> Scope:
    """A chamber or venue by its name as people write it. Raises ScopeNotFound."""
    model, made = NAMED[kind]
    rows: Any = model._default_manager
    found = list(rows.visible_to(user).filter(name_key=name_key(name))[:2])
    words = {"name": name[:60], "kind": kind.words}
    if not found:
        raise ScopeNotFound(_("没有名为“%(name)s”的%(kind)s。") % words)
    if len(found) > 1:
        raise ScopeNotFound(_("有多个名为“%(name)s”的%(kind)s。") % words)
    return made(found[0])


def _town(ref: str, user: Viewer) -> Scope | None:
    town = Town.objects.visible_to(user).filter(code=ref).first()
    return of_town(town) if town else None


def _by_pk(kind: ScopeKind) -> Callable[[str, Viewer], Scope | None]:
    model, made = NAMED[kind]

    def find(ref: str, user: Viewer) -> Scope | None:
        if not (ref.isascii() and ref.isdigit() and len(ref) <= 18):
            return None
        rows: Any = model._default_manager
        row = rows.visible_to(user).filter(pk=int(ref)).first()
        return made(row) if row else None

    return find


NAMED: dict[ScopeKind, tuple[Any, Callable[[Any], Scope]]] = {
    ScopeKind.CHAMBER: (Chamber, of_chamber),
    ScopeKind.VENUE: (Venue, of_venue),
    ScopeKind.BRAND: (Brand, of_brand),
}
FINDERS: dict[str, Callable[[str, Viewer], Scope | None]] = {
    ScopeKind.TOWN: _town,
    **{kind: _by_pk(kind) for kind in NAMED},
}
