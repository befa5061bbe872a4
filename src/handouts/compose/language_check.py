"""The language of a print: one language for all its texts, and a writing direction that its format can show."""

import re
from collections.abc import Iterator

from handouts.language.tags import direction_of, is_same_language
from handouts.model.edition import Edition
from handouts.model.library import Body, Practice
from handouts.numbering.number import Numbered
from handouts.numbering.select import Selection
from handouts.problems.problem import Place, Problem, error
from handouts.schema.practice import TEXT_FIELDS
from handouts.system.cache import IdentityMemo

_HTML_TAG = re.compile(r"<html\b[^>]*>", re.IGNORECASE)


class LanguageCheck:
    """Finds prints in two languages, or in a direction that their format cannot show; looks at each body once."""

    def __init__(self) -> None:
        """Start with no body looked at."""
        self._passages: IdentityMemo[Body, tuple[tuple[str, Place | None], ...]] = IdentityMemo(
            lambda body: tuple(_passages(body))
        )

    def __call__(self, numbered: Numbered, practice: Practice, edition: Edition) -> Iterator[Problem]:
        """Yield the errors of a print."""
        handout = numbered.selection.handout
        if not is_same_language(practice.language, handout.language):
            yield other_language(numbered.selection, practice)
        is_paged = edition.format.settings.file == "pdf"
        yield from _wrong_direction(f'"{handout.id}"', handout.language, handout.place, is_paged=is_paged)
        for passage in numbered.passages.values():
            for body in passage.bodies:
                for tag, place in self._passages(body):
                    if direction_of(tag) != direction_of(handout.language):
                        yield from _wrong_direction("this passage", tag, place or handout.place, is_paged=is_paged)


def other_language(selection: Selection, practice: Practice) -> Problem:
    """Return the error that patients would read the texts of a practice in another language than the handout."""
    handout = selection.handout
    printed = {section.id for section in selection.sections}
    inserts = [
        insert.body.origin.file if insert.body.origin else insert.section
        for insert in practice.inserts
        if insert.handout == handout.id and insert.section in printed
    ]
    named = ", ".join([*(".".join(field) for field in TEXT_FIELDS), *dict.fromkeys(inserts)])
    message = (
        f'the texts of "{practice.id}" are in "{practice.language}", but "{handout.id}" is in "{handout.language}": '
        f"these texts are in the wrong language for its readers: {named}"
    )
    hint = (
        f'make a practice for "{handout.language}": extends: {practice.id}, language: {handout.language}, '
        f"and these texts in that language"
    )
    place = practice.profile_at.get(("language",), practice.place)
    return error("other-language", message, place, hint)


def missing_direction(html: str, language: str, template: str) -> Problem | None:
    """Return the error that a template of the project's own sets no direction for a right-to-left language."""
    tag = _HTML_TAG.search(html)
    if direction_of(language) != "rtl" or (tag and re.search(r"\bdir=[\"']?rtl\b", tag.group())):
        return None
    hint = 'write <html lang="{{ language }}" dir="{{ direction }}">'
    return error("wrong-direction", f'"{language}" is written from right to left', Place(f"templates/{template}"), hint)


def _wrong_direction(what: str, tag: str, place: Place, *, is_paged: bool) -> Iterator[Problem]:
    direction = direction_of(tag)
    if direction == "vertical":
        message = f'{what} is in "{tag}", which is written from top to bottom: no format can show that'
        yield error("wrong-direction", message, place, "use a script that is written in lines, such as mn-Cyrl")
    elif direction == "rtl" and is_paged:
        message = f'{what} is in "{tag}", which is written from right to left: pages would show it in the wrong order'
        yield error("wrong-direction", message, place, "make the web page or plain text: -f html, -f text")


def _passages(body: Body) -> Iterator[tuple[str, Place | None]]:
    """Yield the language of each passage in another language, and the line it is on."""
    for token in body.tokens:
        for child in token.children or ():
            if child.type == "passage_open":
                yield str(child.attrs.get("lang", "")), _place(body, token.map, token.content[: child.meta["offset"]])


def _place(body: Body, lines: list[int] | None, before: str) -> Place | None:
    if body.origin is None or lines is None:
        return None
    return Place(body.origin.file, body.origin.line + lines[0] + before.count("\n"))
