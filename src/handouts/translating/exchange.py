"""Exports a handout for translators, and imports what they send back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from handouts.language.tags import is_language_tag
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Place
from handouts.read.slow_files import run_with_time_limit
from handouts.read.text_file import read_text
from handouts.schema.ids import is_id
from handouts.schema.translation import Translation
from handouts.system.write import write_whole
from handouts.translating.messages import BadExchangeError, Exchange, Message
from handouts.translating.po import read_po, write_po
from handouts.translating.protected import find_differences
from handouts.translating.record import RECORD_FILE, RecordedUnit, read_records, write_record
from handouts.translating.rules import (
    UNIT_DIFFERS,
    UNIT_NOT_TRANSLATED,
    UNIT_OF_OTHER_FORM,
    UNIT_OF_OTHER_TEXT,
    UNKNOWN_UNIT,
    UNREADABLE_TRANSLATION,
)
from handouts.translating.sources import read_translated
from handouts.translating.units import Cut, cut_handout, join_handout
from handouts.translating.xliff import read_xliff, write_xliff

FileFormat = Literal["xliff", "po"]

_SUFFIXES: Final[Mapping[FileFormat, str]] = {"xliff": "xlf", "po": "po"}
_STATE: Final = re.compile(r"^translation:.*\n(?:[ \t]+.*\n)*", re.MULTILINE)
_ACCEPTED: Final = re.compile(r"^accepted:.*\n(?:(?:[ \t-].*)?\n)*", re.MULTILINE)  # findings in the original
_STATUS: Final = re.compile(r"^status:.*\n", re.MULTILINE)
_LONGEST_TEXT: Final = 60


class NoOriginalError(HandoutsError):
    """A handout that cannot be translated; the text says why."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A translation that is ready to be written: the file, the record of its units, and their paths."""

    path: Path
    text: str
    record_path: Path
    record: str

    def write(self) -> None:
        """Write both files."""
        write_whole(self.path, self.text.encode())
        write_whole(self.record_path, self.record.encode())


def export_handout(
    project: Project, handout: str, source_language: str, language: str, file_format: FileFormat, problems: Problems
) -> str | None:
    """Return the units of a handout as a file for translators, with what is translated already.

    None if a file cannot be read.
    """
    folder = project.content / "handouts" / handout
    translated = read_translated(project, folder, source_language, language, problems)
    if translated is None:
        return None
    current, stale = translated.current_texts, translated.stale_texts
    messages = tuple(
        Message(
            unit.id,
            unit.text,
            current.get(unit.id) or stale.get(unit.id, ""),
            translated.pairing.current[unit.id].state if unit.id in current else "translated",
            is_stale=unit.id in stale,
        )
        for unit in translated.original.units
    )
    exchange = Exchange(handout, source_language, language, messages)
    return write_xliff(exchange) if file_format == "xliff" else write_po(exchange)


def name_file(handout: str, language: str, file_format: FileFormat) -> str:
    """Return the name of an exported file."""
    return f"{handout}.{language}.{_SUFFIXES[file_format]}"


def import_translation(
    project: Project, text: str, file: str, translation: Translation, problems: Problems
) -> Imported | None:
    """Return the translation that a translator's file has; report every unit that cannot be taken and return None."""
    place = Place(file, 1)
    read = read_xliff if text.lstrip().startswith("<") else read_po
    try:
        exchange = run_with_time_limit(place, lambda: read(text), problems)
        if exchange is None:
            return None
        _check_names(project, exchange)
    except BadExchangeError as broken:
        problems.add(UNREADABLE_TRANSLATION.at(place, reason=broken))
        return None
    folder = project.content / "handouts" / exchange.handout
    path = folder / f"{exchange.source_language}.md"
    original = read_text(project, path, problems)
    if original is None:
        return None
    cut = cut_handout(original, path)
    messages = {message.id: message for message in exchange.messages}
    own_problems = Problems()
    _check_messages(cut, messages, place, own_problems)
    if not own_problems.has_errors:
        texts = {name: _to_line(message.target) for name, message in messages.items()}
        joined = join_handout(cut, texts)
        _check_form(cut, texts, cut_handout(joined, path), place, own_problems)
        is_reviewed = translation.reviewed_by is not None
        units = tuple(
            RecordedUnit(unit.id, unit.digest, "reviewed" if is_reviewed else messages[unit.id].state)
            for unit in cut.units
        )
        records = {**read_records(project, folder, own_problems), exchange.language: units}
    problems.extend(own_problems)
    if own_problems.has_errors:
        return None
    target = folder / f"{exchange.language}.md"
    return Imported(target, _set_state(joined, translation), folder / RECORD_FILE, write_record(records))


def _check_names(project: Project, exchange: Exchange) -> None:
    """Raise BadExchangeError if a file names no handout of the project, or no other language."""
    if not is_id(exchange.handout):
        raise BadExchangeError("it does not name the handout")
    for language in (exchange.source_language, exchange.language):
        if not is_language_tag(language):
            raise BadExchangeError(f'"{language}" is not a language tag')
    if exchange.language == exchange.source_language:
        raise BadExchangeError("it translates into its own language")
    if not (project.content / "handouts" / exchange.handout / f"{exchange.source_language}.md").is_file():
        raise BadExchangeError(f'there is no handout "{exchange.handout}" in "{exchange.source_language}"')


def _check_messages(cut: Cut, messages: Mapping[str, Message], place: Place, problems: Problems) -> None:
    for unit in cut.units:
        message = messages.get(unit.id)
        if message is None or not message.target.strip() or message.is_stale:
            problems.add(UNIT_NOT_TRANSLATED.at(place, unit=unit.id, text=_shorten(unit.text)))
        elif _to_line(message.source) != unit.text:
            problems.add(UNIT_OF_OTHER_TEXT.at(place, unit=unit.id, text=_shorten(message.source)))
        elif differences := find_differences(unit.text, _to_line(message.target)):
            problems.add(UNIT_DIFFERS.at(place, unit=unit.id, differences=", ".join(differences)))
    known = {unit.id for unit in cut.units}
    problems.extend(UNKNOWN_UNIT.at(place, unit=name) for name in messages if name not in known)


def _check_form(cut: Cut, texts: Mapping[str, str], joined: Cut, place: Place, problems: Problems) -> None:
    """Report the first unit that is cut out of the translation in another form."""
    wanted = [(unit.id, unit.kind, texts[unit.id]) for unit in cut.units]
    found = [(unit.id, unit.kind, unit.text) for unit in joined.units]
    if wanted != found:
        pairs = zip(wanted, [*found, *[None] * len(wanted)], strict=False)
        first = next((want for want, have in pairs if want != have), wanted[-1])
        problems.add(UNIT_OF_OTHER_FORM.at(place, unit=first[0], text=_shorten(first[2])))


def _set_state(text: str, translation: Translation) -> str:
    """Return a handout whose front matter says how it was translated, without the accepted findings of the original."""
    end = text.index("\n---", 3)
    front, rest = text[:end] + "\n", text[end + 1 :]
    values = translation.model_dump(exclude_none=True)
    line = "translation: {" + ", ".join(f"{name}: {_quote(value)}" for name, value in values.items()) + "}\n"
    front = _ACCEPTED.sub("", _STATE.sub("", front))
    return _STATUS.sub(lambda status: status[0] + line, front, count=1) + rest


def _quote(value: str) -> str:
    return value if value.isalpha() and value.isascii() else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _to_line(text: str) -> str:
    return " ".join(text.split())


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]} ..."
