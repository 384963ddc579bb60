"""What a command line lacks, in Chinese; argparse says it in English. Plain Python."""

from __future__ import annotations

import re

# What argparse says, and the same in Chinese.
SENTENCES = (
    (r"unrecognized arguments: (?P<what>.+)", "不认识的参数：{what}"),
    (r"the following arguments are required: (?P<what>.+)", "缺少参数：{what}"),
    (r"one of the arguments (?P<what>.+) is required", "缺少参数，需要其中之一：{what}"),
    (
        r"argument (?P<what>\S+): invalid choice: '(?P<value>.*?)' \(choose from (?P<known>.+)\)",
        "参数 {what} 不能是“{value}”，可选：{known}",
    ),
    (r"argument (?P<what>\S+): invalid \S+ value: '(?P<value>.*)'", "参数 {what} 不能是“{value}”"),
    (r"argument (?P<what>\S+): expected .+ arguments?", "参数 {what} 后面缺少内容"),
    (
        r"argument (?P<what>\S+): not allowed with argument (?P<value>\S+)",
        "参数 {what} 不能与 {value} 同时使用",
    ),
    (r"argument (?P<what>\S+): ignored explicit argument .+", "参数 {what} 后面不带内容"),
    (r"ambiguous option: (?P<what>\S+) could match (?P<known>.+)", "参数 {what} 不完整：{known}"),
)


def in_chinese(message: str) -> str:
    """The sentence of argparse in Chinese; one that is not known stays as it is."""
    for pattern, words in SENTENCES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            told = found.groupdict()
            if "known" in told:
                told["known"] = told["known"].replace("'", "").replace(", ", "、")
            return words.format(**told)
    return message
