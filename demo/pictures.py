"""Invented pictures of invented activities: flat drawings of rooms, streets and people.

They stand in for photos, so that pages look as they will in life, and show nobody.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from random import Random

from PIL import Image, ImageDraw

from activities.models import Activity
from activities.photos import Ready, store
from activities.shrinking import Shrunk

SIZE = (560, 420)
FINE, SMALL = 2, 4  # drawn twice as large and made smaller, so that edges are smooth; thumbnails
OF_EACH_KIND = 2
OF_EACH_TOWN = 2  # of the newest activities

WALLS = ("#efe7da", "#e6ebe6", "#e9e4ea", "#e5eaf0", "#f1e6df")
SKIES = ("#cfe0ea", "#d8e6e2", "#e6e0d2", "#d3dcea")
CLOTHES = ("#8a3a33", "#44617b", "#5f7a5c", "#9a7b3f", "#6b5a7a", "#3f4a55", "#b5695a")
SKINS = ("#e2b993", "#d9ad88", "#e8c4a2")
RED, WOOD, LEAF, BOARD = "#b3342c", "#a97f58", "#7d9a6d", "#fbf9f4"


class Sketch:
    """A drawing in shares of its width and height, the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self.pick = Random(seed)  # noqa: S311 - a drawing, no secret
        self.width, self.height = SIZE[0] * FINE, SIZE[1] * FINE
        self.image = Image.new("RGB", (self.width, self.height), self.pick.choice(WALLS))
        self.draw = ImageDraw.Draw(self.image)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        self.draw.rectangle(self._scaled(left, top, right, bottom), fill=fill)

    def disc(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        self.draw.ellipse(self._scaled(left, top, right, bottom), fill=fill)

    def person(self, x: float, ground: float, tall: float) -> None:
        """Somebody who stands at ``x``: a head above round shoulders."""
        head, wide = tall * 0.13, tall * 0.15
        top = ground - tall
        clothes = self.pick.choice(CLOTHES)
        self.disc(x - wide, top + head * 2.1, x + wide, top + head * 2.1 + wide * 2.6, clothes)
        self.box(x - wide, top + head * 2.1 + wide * 1.3, x + wide, ground, clothes)
        self.disc(x - head * 0.75, top, x + head * 0.75, top + head * 2, self.pick.choice(SKINS))
        self.disc(x - head * 0.78, top - head * 0.1, x + head * 0.78, top + head * 0.95, "#37322e")

    def people(self, count: int, ground: float, tall: float) -> None:
        for index in range(count):
            lean = self.pick.uniform(-0.015, 0.015)
            self.person((index + 1) / (count + 1) + lean, ground, tall * self.pick.uniform(0.9, 1))

    def tree(self, x: float, ground: float, tall: float) -> None:
        self.box(x - 0.008, ground - tall, x + 0.008, ground, WOOD)
        for dx, dy, wide in ((-0.05, 0.25, 0.07), (0.05, 0.2, 0.07), (0.0, 0.42, 0.08)):
            middle = ground - tall * (0.7 + dy)
            self.disc(x + dx - wide, middle - wide, x + dx + wide, middle + wide * 1.3, LEAF)

    def banner(self) -> None:
        self.box(0.2, 0.1, 0.8, 0.19, RED)
        for index in range(8):
            left = 0.26 + index * 0.062
            self.box(left, 0.127, left + 0.042, 0.163, "#f6e7c8")

    def jpeg(self, smaller: int) -> bytes:
        kept = io.BytesIO()
        self.image.reduce(smaller).save(kept, "JPEG", quality=84)
        return kept.getvalue()

    def _scaled(self, *shares: float) -> tuple[float, ...]:
        return tuple(
            share * (self.height if number % 2 else self.width)
            for number, share in enumerate(shares)
        )


def meeting(sketch: Sketch) -> None:
    """People round a long table, a screen on the wall."""
    sketch.box(0, 0.72, 1, 1, "#c9b79c")
    sketch.banner()
    sketch.box(0.34, 0.25, 0.66, 0.47, BOARD)
    for index in range(4):
        sketch.box(
            0.38, 0.29 + index * 0.04, 0.5 + index % 2 * 0.1, 0.305 + index * 0.04, "#9fb0bf"
        )
    sketch.people(sketch.pick.randint(5, 7), 0.76, 0.36)
    sketch.box(0.06, 0.7, 0.94, 0.78, WOOD)
    sketch.box(0.1, 0.78, 0.9, 0.94, "#8f6b49")


def outdoors(sketch: Sketch) -> None:
    """A green with houses behind it."""
    sketch.box(0, 0, 1, 0.62, sketch.pick.choice(SKIES))
    sketch.box(0, 0.62, 1, 1, "#a9bb8d")
    for index in range(3):
        left = 0.05 + index * 0.33
        sketch.box(left, 0.36, left + 0.22, 0.62, "#f2efe8")
        sketch.box(left - 0.015, 0.33, left + 0.235, 0.37, "#5b6068")
        sketch.box(left + 0.04, 0.43, left + 0.09, 0.5, "#9db2c0")
    for x in (0.3, 0.64, 0.97):
        sketch.tree(x, 0.68, 0.22)
    sketch.people(sketch.pick.randint(6, 9), 0.95, 0.36)


def exhibition(sketch: Sketch) -> None:
    """Boards on a wall and people before them."""
    sketch.box(0, 0.8, 1, 1, "#b9aa93")
    for index in range(4):
        left = 0.06 + index * 0.23
        sketch.box(left, 0.16, left + 0.19, 0.52, BOARD)
        sketch.box(left, 0.16, left + 0.19, 0.21, RED)
        sketch.box(left + 0.02, 0.24, left + 0.17, 0.36, sketch.pick.choice(SKIES))
        sketch.box(left + 0.02, 0.39, left + 0.15, 0.405, "#b9b4a8")
        sketch.box(left + 0.02, 0.43, left + 0.12, 0.445, "#b9b4a8")
    sketch.people(sketch.pick.randint(4, 6), 0.98, 0.5)


def lecture(sketch: Sketch) -> None:
    """Somebody speaks; rows of listeners from behind."""
    sketch.box(0, 0.6, 1, 1, "#b8a68b")
    sketch.banner()
    sketch.person(0.24, 0.62, 0.34)
    sketch.box(0.19, 0.48, 0.29, 0.62, WOOD)
    sketch.box(0.42, 0.26, 0.84, 0.52, BOARD)
    sketch.box(0.46, 0.31, 0.7, 0.34, "#b3342c")
    sketch.box(0.46, 0.38, 0.8, 0.4, "#b9b4a8")
    sketch.box(0.46, 0.43, 0.76, 0.45, "#b9b4a8")
    for row, count in ((0.86, 8), (1.0, 6)):
        for index in range(count):
            x = (index + 0.5) / count
            sketch.disc(x - 0.06, row - 0.1, x + 0.06, row + 0.16, sketch.pick.choice(CLOTHES))
            sketch.disc(x - 0.032, row - 0.19, x + 0.032, row - 0.085, "#37322e")


SCENES: dict[str, Callable[[Sketch], None]] = {
    "visit": meeting,
    "forum": meeting,
    "training": lecture,
    "culture": outdoors,
    "charity": outdoors,
    "investment": meeting,
    "reception": exhibition,
    "publicity": exhibition,
}


@lru_cache(maxsize=64)
def drawn(kind: str, number: int) -> Shrunk:
    """A picture for an activity of a kind, as photos are after they were made small."""
    sketch = Sketch(f"{kind} {number}")
    SCENES[kind](sketch)
    return Shrunk(sketch.jpeg(FINE), sketch.jpeg(SMALL), *SIZE)


def give(activities: Iterable[Activity]) -> None:
    """A picture to each of these activities."""
    for number, activity in enumerate(activities):
        picture = drawn(activity.kind.code, number % OF_EACH_KIND)
        store(activity, [Ready("示例.jpg", picture)])


def newest(activities: Iterable[Activity]) -> Iterator[Activity]:
    """The newest activities of each town that count: those a page shows first."""
    shown: Counter[int | None] = Counter()
    for activity in sorted(activities, key=lambda one: one.start_on, reverse=True):
        if activity.review == Activity.Review.CONFIRMED and shown[activity.town_id] < OF_EACH_TOWN:
            shown[activity.town_id] += 1
            yield activity
