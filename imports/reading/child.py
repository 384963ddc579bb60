"""The throw-away process that parses one file: `python -m imports.reading.child OPTIONS < file`.

It limits itself first, reads the file from standard input, finds the tables, drops every personal
column, and answers one JSON object on standard output. Whatever a parser does to it, the caller
only ever sees that object or a dead child.
"""

import json
import resource
import signal
import sys
from collections.abc import Sequence
from typing import Any

from imports.columns import Plan
from imports.reading import limits
from imports.reading.book import read_book
from imports.reading.exchange import Options, SheetSummary, answer
from imports.reading.grid import Book
from imports.reading.messages import Message, Refused
from imports.reading.preview import head
from imports.reading.table import Table, Wanted
from imports.reading.tables import find_tables
from imports.reading.vocabulary import PLANS
from imports.reading.workbook import NeedsPatience


def main() -> None:
    """Answer for the file on standard input."""
    _limit_myself()
    options = Options.from_json(sys.argv[1])
    content = sys.stdin.buffer.read(limits.FILE_BYTES + 1)
    json.dump(_answer(content, options), sys.stdout, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.flush()


def _limit_myself() -> None:
    memory, cpu = limits.CHILD_MEMORY_BYTES, limits.CHILD_CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.ANSWER_BYTES, limits.ANSWER_BYTES))
    # Should the caller die, nobody else would end this process.
    signal.alarm(limits.CHILD_WALL_SECONDS + 5)


def _answer(content: bytes, options: Options) -> dict[str, Any]:
    try:
        book = read_book(
            content,
            options.file_name,
            wanted=frozenset(options.sheets),
            patient=options.patient,
        )
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


def _understood(book: Book, options: Options) -> dict[str, Any]:
    names = [options.plan] if options.plan else list(PLANS)
    plans = tuple(PLANS[name].with_synonyms(options.synonyms.get(name, {})) for name in names)
    if not book.grids:
        raise Refused("nothing_inside")
    tables: list[Table] = []
    sheets = [SheetSummary(name, message) for name, message in book.passed_over]
    for grid in book.grids:
        wanted = Wanted(
            plans,
            header_row=options.header_rows.get(grid.name),
            file_name=options.file_name,
            fields=tuple(options.fields.items()),
        )
        found = find_tables(grid, wanted)
        tables.extend(found)
        book.notices.extend(grid.notices)
        told = Message("taken", {"count": len(found)}) if found else _nothing_found(plans)
        sheets.append(SheetSummary(grid.name, told, len(found), head(grid, found)))
    return answer(book, tables, sheets)


def _nothing_found(plans: Sequence[Plan]) -> Message:
    titles = "、".join(plan.column(plan.heads[0]).title for plan in plans)
    return Message("no_table", {"wanted": f"“{titles}”"})


if __name__ == "__main__":
    main()
