"""A fixed piece of work to measure against: figures of two machines compare as ratios to it."""

import hashlib
import time
from collections.abc import Callable
from statistics import median

ROUNDS = 7
STEPS = 200_000


class MeasureFailed(Exception):
    """What was to be measured did not work; the text says why."""


def seconds_of_unit() -> float:
    """Seconds this machine takes now for the fixed piece of work; the median of some rounds."""
    return median_seconds(_unit, ROUNDS)


def median_seconds(work: Callable[[], object], rounds: int) -> float:
    """The median time of the work, in seconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times)


def _unit() -> str:
    """Python at its usual trade, dictionaries and text, and a little of its C."""
    counts: dict[str, int] = {}
    for number in range(STEPS):
        key = f"{number % 997:04d}"
        counts[key] = counts.get(key, 0) + number
    return hashlib.sha256(repr(sorted(counts.items())).encode() * 20).hexdigest()
