"""Photos made small and clean, in a process that may die of them. Knows no Django."""

from activities.shrinking.isolation import MOST_BYTES, Refusal, Shrunk, shrink_photo

__all__ = ["MOST_BYTES", "Refusal", "Shrunk", "shrink_photo"]
