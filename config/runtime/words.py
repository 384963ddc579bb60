"""What the commands say: Chinese, or English where LANG starts with "en"."""

import os
import sys


def in_english() -> bool:
    return os.environ.get("LANG", "").startswith("en")


def say(chinese: str, english: str) -> str:
    """The one of the two that this terminal's user reads."""
    return english if in_english() else chinese


class Refusal(Exception):
    """A command that can't be done: one sentence with what to do next, exit code 2."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(chinese)
        self.chinese = chinese
        self.english = english

    def __str__(self) -> str:
        return say(self.chinese, self.english)


def tell(chinese: str, english: str) -> None:
    """A line of progress, on standard error."""
    print(say(chinese, english), file=sys.stderr, flush=True)


def answer(text: str) -> None:
    """What was asked for, on standard output."""
    print(text, flush=True)
