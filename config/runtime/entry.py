"""The command line of `./run`: which command, on which environment, with which exit code."""

import argparse
import contextlib
import importlib
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from config.env import load
from config.runtime import install
from config.runtime.words import Refusal, say, tell
from core.argument_words import in_chinese

DONE, FELL_SHORT, REFUSED = 0, 1, 2


@dataclass(frozen=True)
class Command:
    """A command: its module under config.runtime, what it needs, what it is for."""

    module: str
    needs: install.Need
    chinese: str
    english: str
    raw: bool = False  # takes its arguments as they are


COMMANDS = {
    "serve": Command("serve", install.Need.SITE, "启动（默认）", "serve (the default)"),
    "stop": Command("control", install.Need.NOTHING, "停止", "stop"),
    "status": Command("control", install.Need.NOTHING, "查看运行情况", "what runs, since when"),
    "doctor": Command("doctor", install.Need.NOTHING, "检查安装", "check the installation"),
    "test": Command("checks", install.Need.TESTS, "运行全部测试", "run the tests", raw=True),
    "lint": Command("checks", install.Need.TOOLS, "检查代码", "check the code"),
    "bench": Command("bench", install.Need.SITE, "测量性能", "measure", raw=True),
    "manage": Command("manage", install.Need.PACKAGES, "管理命令", "a Django command", raw=True),
    "backup": Command("backup", install.Need.PACKAGES, "备份到文件", "back up into a file"),
    "restore": Command("restore", install.Need.PACKAGES, "从备份恢复", "restore from a backup"),
}


def main(arguments: Sequence[str]) -> int:
    """Runs one command. Never a traceback: what was not foreseen goes into a file."""
    try:
        return _run(arguments)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        tell("已中断", "interrupted")
        return FELL_SHORT
    except BrokenPipeError:  # whoever read our answer has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FELL_SHORT
    except Exception as error:  # noqa: BLE001 - the door of the program
        return _unforeseen(error)


def _run(arguments: Sequence[str]) -> int:
    name, options = _parse(arguments)
    for variable, value in (("PORT", options.port), ("BIND_HOST", options.host)):
        if value is not None:
            os.environ[variable] = value
    environment = load()
    command = COMMANDS[name]
    if name == "serve":
        serve_check = importlib.import_module("config.runtime.ports")
        serve_check.refuse_if_taken(environment)
    install.ensure(command.needs, list(arguments))
    module = importlib.import_module(f"config.runtime.{command.module}")
    return int(getattr(module, name)(environment, options))


def _unforeseen(error: Exception) -> int:
    where = Path(tempfile.gettempdir()) / f"tongxin-error-{os.getpid()}.log"
    with contextlib.suppress(Refusal):
        where = load().log_dir / "run.log"
        where.parent.mkdir(parents=True, exist_ok=True)
    with where.open("a", encoding="utf-8") as log:
        traceback.print_exception(error, file=log)
    tell(
        f"出现意外错误：{type(error).__name__}: {error}。详情已写入 {where}",
        f"something unforeseen: {type(error).__name__}: {error}. The details are in {where}",
    )
    return FELL_SHORT


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Refusal(
            f"{in_chinese(message)}。用法见 {self.prog} --help",
            f"{message}. See {self.prog} --help",
        )


def _parse(arguments: Sequence[str]) -> tuple[str, argparse.Namespace]:
    words = list(arguments)
    name = words.pop(0) if words and not words[0].startswith("-") else "serve"
    if name not in COMMANDS:
        raise Refusal(
            f"没有“{name}”这个命令。可用的命令：{'、'.join(COMMANDS)}",
            f'there is no command "{name}". There are: {", ".join(COMMANDS)}',
        )
    parser = _parser(name)
    if COMMANDS[name].raw:
        return name, argparse.Namespace(port=None, host=None, rest=words)
    return name, parser.parse_args(words)


def _parser(name: str) -> argparse.ArgumentParser:
    lines = [
        f"  ./run {key:<8} {say(each.chinese, each.english)}" for key, each in COMMANDS.items()
    ]
    parser = _Parser(
        prog=f"./run {name}" if name != "serve" else "./run",
        description=say(COMMANDS[name].chinese, COMMANDS[name].english),
        epilog="\n".join(lines) if name == "serve" else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(port=None, host=None, json=False, command=name)
    if name == "serve":
        parser.add_argument("--port", help=say("端口，默认 8000", "8000 unless told"))
        parser.add_argument("--host", help=say("0.0.0.0 供局域网使用", "0.0.0.0 for the network"))
        parser.add_argument(
            "--empty", action="store_true", help=say("不放入示例数据", "without the demo district")
        )
    elif name == "restore":
        parser.add_argument("file")
        parser.add_argument(
            "--replace", action="store_true", help=say("覆盖现有数据", "over what is there")
        )
    elif name == "backup":
        parser.add_argument("file")
    if name != "serve":
        parser.add_argument("--json", action="store_true", help=say("输出 JSON", "answer in JSON"))
    return parser
