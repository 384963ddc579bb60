"""Activities as the lists of a page tell them: light rows with the names of where they belong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, OuterRef, Subquery, Value

from activities.models import Activity, Photo
from core.kept_parts import Key
from core.select_texts import ANY, Build, rows_of

TEXT: CharField[str, str] = CharField()
# In the order of the fields of ``Told``; what is reckoned stands last.
FIELDS = (
    *("pk", "name", "start_on", "headcount", "place", "town__name", "kind__name", "venue__name"),
    *("review", "submitted_at", "reviewed_at", "return_reason"),
)
RECKONED = ("first_photo", "told_as")


@dataclass(frozen=True, slots=True)
class Told:
    """An activity; ``first_photo`` is the key of its first photo, ``told_as`` the list it is of."""

    pk: int
    name: str
    start_on: date
    headcount: int | None
    place: str
    town: str | None
    kind: str
    venue: str | None
    review: str
    submitted_at: datetime | None
    reviewed_at: datetime | None
    return_reason: str
    first_photo: int | None
    told_as: str

    @property
    def review_words(self) -> str:
        return str(Activity.Review(self.review).label)


def told(rows: Any, told_as: str = "") -> Any:
    """The select of these activities as ``Told`` has them."""
    photos = Photo.objects.filter(activity_id=OuterRef("pk")).order_by("order", "pk")
    reckoned = {"first_photo": Subquery(photos.values("pk")[:1]), "told_as": Value(told_as, TEXT)}
    return rows.annotate(**reckoned).values_list(*FIELDS, *RECKONED)


def told_of(key: Key, build: Build, *, of: int = ANY) -> list[Told]:
    """The rows of the select that ``build`` puts together; ``key`` says what its text depends on.

    Put together for the record ANY, it is sent for the record ``of``.
    """
    return [Told(*row) for row in rows_of(("told", *key), build, of=of)]
