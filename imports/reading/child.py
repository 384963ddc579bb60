"""The throw-away process that parses one file: `python -m imports.reading.child < input`.

It limits itself first, reads a line of options and the file from standard input, finds the tables,
drops every personal column, and answers lines of JSON on standard output; the cells follow them
when they are to be kept. Whatever a parser does to it, the caller only ever sees that, or a dead
child.
"""

import resource
import signal
import sys
from typing import Any

from imports.reading import limits
from imports.reading.book import read_book
from imports.reading.exchange import Options, answer, lines_of
from imports.reading.grid import Book, EverySheet
from imports.reading.kept import book_of, pack
from imports.reading.messages import Refused
from imports.reading.sheets import understand, without_choices
from imports.reading.workbook import NeedsPatience


def main() -> None:
    """Answer for the file on standard input."""
    options = Options.from_json(sys.stdin.buffer.readline())
    _limit_myself(unhurried=options.unhurried)
    content = sys.stdin.buffer.read(limits.ANSWER_BYTES)
    answered = _answer(content, options)
    kept = answered.pop("kept", b"")
    for line in lines_of(answered, len(kept)):
        sys.stdout.buffer.write(line.encode())
    sys.stdout.buffer.write(kept)
    sys.stdout.buffer.flush()


def _limit_myself(*, unhurried: bool = False) -> None:
    memory = limits.CHILD_MEMORY_BYTES
    cpu, wall = limits.CHILD_CPU_SECONDS, limits.CHILD_WALL_SECONDS
    if unhurried:
        cpu, wall = limits.UNHURRIED_CPU_SECONDS, limits.UNHURRIED_WALL_SECONDS
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.ANSWER_BYTES, limits.ANSWER_BYTES))
    # Should the caller die, nobody else would end this process.
    signal.alarm(wall + 5)


def _answer(content: bytes, options: Options) -> dict[str, Any]:
    try:
        book = _book(content, options)
        del content
        return _understood(book, options)
    except Refused as refusal:
        return {"refused": [refusal.message.code, dict(refusal.message.parameters)]}
    except NeedsPatience:
        return {"patience": True}
    except MemoryError:
        return {"refused": ["took_too_much_memory", {}]}
    except Exception as error:  # noqa: BLE001 - the door of the process: a bug costs a sentence
        return {"refused": ["unreadable", {}], "why": f"{type(error).__name__}: {error}"}


def _book(content: bytes, options: Options) -> Book:
    if options.is_kept:
        return book_of(content)
    taken = {name for name, wanted in options.corrections.sheets.items() if wanted}
    book = read_book(
        content,
        options.file_name,
        wanted=EverySheet() if options.keep else frozenset(taken),
        patient=options.patient,
        encoding=options.corrections.encoding,
    )
    book.file = options.file_name
    return book


def _understood(book: Book, options: Options) -> dict[str, Any]:
    understood = understand(book, options.corrections)
    answered = answer(book, *understood)
    if options.keep:
        answered["kept"] = pack(book, without_choices(book), understood.tables)
    return answered


if __name__ == "__main__":
    main()
