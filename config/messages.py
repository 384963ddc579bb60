"""Holds the English against the Chinese in the code: `python -m config.messages [--write]`.

Without an option it tells what is missing or left over and exits 1; with ``--write`` it brings
locale/en up to date, new sentences empty. It needs no gettext programs on the machine.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
LEFT_OUT = {".venv", "var", "node_modules", "tests", "static", "locale", "bench", ".git"}
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{[\w.]*\}")
# What is left of "100%" once %(name)s and %% are taken out would break the sentence when filled.
FILLED = re.compile(r"%\(\w+\)[sd]|%%")
CHINESE = re.compile(r"[\u3400-\u9fff]+")

Message = tuple[str, str, str]  # context, singular, plural


def messages_of(path: Path) -> Iterator[Message]:
    """Every translatable sentence of a Python file or a template."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        source = templatize(source, origin=str(path))
    found = extract("python", BytesIO(source.encode()), keywords=KEYWORDS)
    for _line, words, _comments, context in found:
        singular, plural = words if isinstance(words, tuple) else (words, "")
        yield (context or "", singular, plural)


def messages_of_the_code() -> dict[Message, str]:
    """All sentences of the project, each with the file it first stands in."""
    found: dict[Message, str] = {}
    for path in sorted([*ROOT.rglob("*.py"), *ROOT.rglob("*.html")]):
        place = path.relative_to(ROOT)
        if not LEFT_OUT & set(place.parts):
            for message in messages_of(path):
                found.setdefault(message, str(place))
    return found


def complaints() -> list[str]:
    """What is missing, left over or wrong in the English, a line each."""
    code, english = messages_of_the_code(), catalogue()
    known = {_message(entry): entry for entry in english}
    told = [f"{place}: no English for “{m[1]}”" for m, place in code.items() if m not in known]
    for message, entry in known.items():
        if message not in code:
            told.append(f"django.po: “{entry.msgid}” is no longer in the code")
        elif entry.fuzzy or not _is_translated(entry):
            told.append(f"{code[message]}: no English for “{entry.msgid}”")
        else:
            told += [f"django.po: “{entry.msgid}” {fault}" for fault in faults_of(entry)]
    return told


def faults_of(entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with an English sentence, each form of a plural looked at for itself.

    The one form (“one day”) may leave its number out. Chinese may stay where it stands in the
    Chinese as well: names of places and organisations are not translated.
    """
    asked = _placeholders(entry.msgid)
    for form, english in _forms(entry):
        given = _placeholders(english)
        if form != 0 and (lost := asked - given):
            yield f"lost {', '.join(sorted(lost))}"
        if foreign := given - asked:
            yield f"does not have {', '.join(sorted(foreign))}"
        if "%(" in entry.msgid and "%" in FILLED.sub("", english):
            yield "has a single %, write %%"
        if left := [word for word in CHINESE.findall(english) if word not in entry.msgid]:
            yield f"is still Chinese: {', '.join(left)}"


def write() -> None:
    """Bring the catalogue up to date: keep what is translated, add what is new, drop the rest."""
    code = messages_of_the_code()
    known = {_message(entry): entry for entry in catalogue()}
    fresh = polib.POFile(wrapwidth=100)
    fresh.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message, place in code.items():
        entry = known.get(message) or _new_entry(message)
        entry.occurrences = [(place, "")]
        fresh.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(CATALOGUE))


def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()


def _message(entry: polib.POEntry) -> Message:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _new_entry(message: Message) -> polib.POEntry:
    context, singular, plural = message
    return polib.POEntry(
        msgctxt=context or None,
        msgid=singular,
        msgid_plural=plural,
        msgstr_plural={0: "", 1: ""} if plural else {},
    )


def _is_translated(entry: polib.POEntry) -> bool:
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def _forms(entry: polib.POEntry) -> list[tuple[int | None, str]]:
    """The English of an entry by its form: 0 for one, 1 for many, None without a plural."""
    if not entry.msgid_plural:
        return [(None, entry.msgstr)]
    return [(int(form), english) for form, english in entry.msgstr_plural.items()]


def _placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}


def main(arguments: list[str]) -> int:
    settings.configure() if not settings.configured else None
    if "--write" in arguments:
        write()
        return 0
    told = complaints()
    sys.stdout.writelines(f"{line}\n" for line in told)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
