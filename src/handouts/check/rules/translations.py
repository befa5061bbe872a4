"""Translations: each has all sections, blocks and citations of its original, and is not older than it."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from handouts.language.tags import is_same_language
from handouts.model.library import Citation, Handout, Library
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_SOURCE: Final = (
    "45 CFR 92.201, accurate translation (https://www.ecfr.gov/current/title-45/section-92.201); PIF TICK criteria, "
    "translated information (https://piftick.org.uk)"
)
INCOMPLETE_TRANSLATION: Final = Rule(
    code="incomplete-translation",
    severity=Severity.ERROR,
    title="a translation lacks a section, a block or a citation of its original",
    why="Patients who read it would not get what others get, such as the safety information. A release refuses it.",
    source=_SOURCE,
    message="the translation lacks {missing} of {original}",
    hint="translate it, with the same id, and have the translation reviewed",
)
OLDER_TRANSLATION: Final = Rule(
    code="older-translation",
    severity=Severity.ERROR,
    title="a translation is older than its original",
    why="The original was changed since: the translation may still say what is no longer true. A release refuses it.",
    source=_SOURCE,
    message="the translation is {own}, and {original} is {other}",
    hint="bring the translation up to date, have it reviewed, and raise its version and its date of publication",
)
UNREAD_ORIGINAL: Final = Rule(
    code="unread-original",
    severity=Severity.ERROR,
    title="a translation whose original has errors",
    why="Nobody can tell whether something is missing from it. A release refuses it.",
    source=_SOURCE,
    message='the translation cannot be compared with "{handout}" in {language}, which has errors',
    hint="correct the original",
)
PICTURE_NOT_TRANSLATED: Final = Rule(
    code="picture-not-translated",
    severity=Severity.WARNING,
    title="a translation has a drawing with the words of its original",
    why="Patients would not understand what the drawing shows. A release refuses it.",
    source=_SOURCE,
    message='"{picture}" has words in the language of the original: {words}',
    hint='make "{own}" with these words in "{language}": it is used in its place',
)
RULES: Final = (INCOMPLETE_TRANSLATION, OLDER_TRANSLATION, UNREAD_ORIGINAL, PICTURE_NOT_TRANSLATED)

_DRAWN_TEXT: Final = re.compile(r"<text\b[^>]*>([^<]*)")
_MOST_WORDS: Final = 4
_VERSION: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,5}")


def check_translation(translation: Handout, library: Library, problems: Problems) -> None:
    """Report what a handout lacks of its original, and a translation that is older.

    The original is the same handout in the language of the project; without one, nothing is compared.
    """
    usual = library.settings.language
    for name, language in library.broken_handouts if not is_same_language(translation.language, usual) else ():
        if name == translation.id and is_same_language(language, usual):
            problems.add(UNREAD_ORIGINAL.at(translation.place, handout=name, language=language))
    for original in find_originals(translation, library):
        _compare(translation, original, problems)


def find_originals(translation: Handout, library: Library) -> Iterator[Handout]:
    """Yield the same handout in the language of the project; nothing for a handout that is in this language itself."""
    usual = library.settings.language
    if not is_same_language(translation.language, usual):
        for handout in library.handouts:
            if handout.id == translation.id and is_same_language(handout.language, usual):
                yield handout


def _compare(translation: Handout, original: Handout, problems: Problems) -> None:
    _check_pictures(translation, original, problems)
    for missing in _find_missing(translation, original):
        problems.add(INCOMPLETE_TRANSLATION.at(translation.place, missing=missing, original=original.place.file))
    own, other = translation.front, original.front
    if own.published < other.published:
        place = translation.front_at.get(("published",), translation.place)
        texts = {"own": f"of {own.published}", "other": f"of {other.published}"}
        problems.add(OLDER_TRANSLATION.at(place, **texts, original=original.place.file))
    elif own.published == other.published and _is_lower_version(own.version, other.version):
        place = translation.front_at.get(("version",), translation.place)
        texts = {"own": f"version {own.version}", "other": f"version {other.version}"}
        problems.add(OLDER_TRANSLATION.at(place, **texts, original=original.place.file))


def _is_lower_version(version: str, other: str) -> bool:
    """Return whether both versions are numbers, such as 1.9 and 1.10, and the first is lower."""
    if not (_VERSION.fullmatch(version) and _VERSION.fullmatch(other)):
        return False
    first, second = ([int(part) for part in written.split(".")] for written in (version, other))
    return first < second


def _check_pictures(translation: Handout, original: Handout, problems: Problems) -> None:
    """Report drawings with words that both have."""
    shared = {picture.path for body in original.bodies for picture in body.pictures}
    for picture in (picture for body in translation.bodies for picture in body.pictures):
        if picture.path not in shared or picture.path.suffix.lower() != ".svg":
            continue
        texts = _DRAWN_TEXT.findall(picture.path.read_text(encoding="utf-8", errors="replace"))
        words = list(dict.fromkeys(text.strip() for text in texts if re.search(r"[^\W\d_]{2}", text)))
        if words:
            own = f"{picture.path.stem}.{translation.language}.svg"
            shown = ", ".join(words[:_MOST_WORDS]) + (" ..." if len(words) > _MOST_WORDS else "")
            fields = {"picture": picture.path.name, "words": shown, "own": own, "language": translation.language}
            problems.add(PICTURE_NOT_TRANSLATED.at(picture.place, **fields))


def _find_missing(translation: Handout, original: Handout) -> Iterator[str]:
    sections = {section.id for section in translation.sections}
    yield from (f'the section "{section.id}"' for section in original.sections if section.id not in sections)
    blocks = {block.id: block.always_with for block in translation.blocks}
    for block in original.blocks:
        if block.id not in blocks:
            yield f'the block "{block.id}"'
        elif blocks[block.id] not in {None, block.always_with}:
            yield f'the attribute always-with="{block.always_with}" of the block "{block.id}"'
    cited = _find_cited_keys(translation)
    yield from (f"the citation [@{key}]" for key in _find_cited_keys(original) if key not in cited)


def _find_cited_keys(handout: Handout) -> Collection[str]:
    marks = (mark for body in handout.bodies for mark in body.marks)
    return list(dict.fromkeys(key for mark in marks if isinstance(mark, Citation) for key in mark.keys))
