"""What the commands say: Chinese, or English where LANG starts with "en"."""

import errno
import os
import sys

# Why the system refused something, as far as an office meets it; the rest stays in English.
REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EROFS: "磁盘只读",
    errno.EIO: "磁盘读写出错",
    errno.ENOENT: "没有这个文件",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}


def in_english() -> bool:
    return os.environ.get("LANG", "").startswith("en")


def say(chinese: str, english: str) -> str:
    """The one of the two that this terminal's user reads."""
    return english if in_english() else chinese


def reason(error: Exception) -> str:
    """Why it failed, in a few words of the language that is spoken."""
    told = getattr(error, "strerror", None) or " ".join(str(error).split())
    number = getattr(error, "errno", None)
    return say(REASONS.get(number, told), told) if isinstance(number, int) else told


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
