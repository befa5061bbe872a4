"""Checks the languages of a print: all its texts are in one language, which its format can show."""

import re
from collections.abc import Iterator
from typing import Final

from handouts.language.tags import direction_of, is_same_language
from handouts.model.edition import Edition
from handouts.model.library import Body, Practice
from handouts.numbering.number import Numbered
from handouts.numbering.select import Selection
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.schema.practice import TEXT_FIELDS
from handouts.system.cache import IdentityMemo

OTHER_LANGUAGE: Final = Rule(
    "other-language",
    Severity.ERROR,
    title="the practice's own texts are in another language than the handout",
    why="In an emergency, patients would not understand whom to call, or when.",
    source=(
        "45 CFR 92.201, meaningful access (https://www.ecfr.gov/current/title-45/section-92.201); docs/practices.md"
    ),
    message=(
        'the texts of "{practice}" are in "{practice_language}", but "{handout}" is in "{language}": '
        "these texts are in the wrong language for its readers: {texts}"
    ),
    hint="write each of them by language, such as text: {{{practice_language}: ..., {language}: ...}}",
)
MISSING_PRACTICE_TEXT: Final = Rule(
    "missing-practice-text",
    Severity.ERROR,
    title="a text of the practice is missing in a language",
    why="In an emergency, patients would not understand whom to call, or when. Nothing is printed in another language.",
    source=OTHER_LANGUAGE.source,
    message='"{practice}" has texts in "{language}", but not these: {texts}',
    hint='write them in "{language}" too',
)
_BIDI: Final = "Unicode Bidirectional Algorithm, UAX 9 (https://www.unicode.org/reports/tr9/); docs/practices.md"
WRONG_DIRECTION: Final = Rule(
    "wrong-direction",
    Severity.ERROR,
    title="a passage whose writing direction a format cannot show",
    why="Lines, phone numbers and doses would be in the wrong order: nobody could rely on what they read.",
    source=_BIDI,
    message='{text} is in "{language}", which is written from right to left: pages would show it in the wrong order',
    hint="make the web page or plain text: -f html, -f text",
)
VERTICAL_WRITING: Final = Rule(
    "vertical-writing",
    Severity.ERROR,
    title="a language that is written from top to bottom",
    why="No format can show it, and lines would be in the wrong order.",
    source="Unicode Vertical Text Layout, UAX 50 (https://www.unicode.org/reports/tr50/); docs/practices.md",
    message='{text} is in "{language}", which is written from top to bottom: no format can show that',
    hint="use a script that is written in lines, such as mn-Cyrl",
)
TEMPLATE_WITHOUT_DIRECTION: Final = Rule(
    "template-without-direction",
    Severity.ERROR,
    title="a template does not set the writing direction",
    why="A language that is written from right to left would be shown in the wrong order.",
    source=_BIDI,
    message='"{language}" is written from right to left, but the template does not say so',
    hint='write <html lang="{{{{ language }}}}" dir="{{{{ direction }}}}">',
)
RULES: Final = (OTHER_LANGUAGE, MISSING_PRACTICE_TEXT, WRONG_DIRECTION, VERTICAL_WRITING, TEMPLATE_WITHOUT_DIRECTION)

_HTML_TAG: Final = re.compile(r"<html\b[^>]*>", re.IGNORECASE)


class LanguageCheck:
    """Reports prints in two languages, or in a direction that their format cannot show; searches each body once."""

    def __init__(self) -> None:
        """Create an empty cache."""
        self._passages: IdentityMemo[Body, tuple[tuple[str, Place | None], ...]] = IdentityMemo(
            lambda body: tuple(_find_passages(body))
        )

    def check(self, numbered: Numbered, practice: Practice, edition: Edition, problems: Problems) -> None:
        """Report texts of a print that patients could not read."""
        handout = numbered.selection.handout
        report_other_language(numbered.selection, practice, problems)
        is_paged = edition.format.settings.file == "pdf"
        _check_direction(f'"{handout.id}"', handout.language, handout.place, problems, is_paged=False)
        for passage in numbered.passages.values():
            for body in passage.bodies:
                for tag, place in self._passages(body):
                    if direction_of(tag) != direction_of(handout.language):
                        _check_direction("this passage", tag, place or handout.place, problems, is_paged=is_paged)


def report_other_language(selection: Selection, practice: Practice, problems: Problems) -> None:
    """Report texts of a practice that are not in the language of the handout."""
    handout = selection.handout
    if is_same_language(practice.language, handout.language):
        _report_untranslated(selection, practice, problems)
        return
    if lacking := practice.find_incomplete(handout.language):
        place, texts = practice.place, ", ".join(lacking)
        problems.add(MISSING_PRACTICE_TEXT.at(place, practice=practice.id, language=handout.language, texts=texts))
        return
    inserts = [
        insert.body.origin.file if insert.body.origin else insert.section
        for insert in practice.inserts
        if selection.prints_insert(insert)
    ]
    problems.add(
        OTHER_LANGUAGE.at(
            practice.profile_at.get(("language",), practice.place),
            practice=practice.id,
            practice_language=practice.language,
            handout=handout.id,
            language=handout.language,
            texts=", ".join([*(".".join(field) for field in TEXT_FIELDS), *dict.fromkeys(inserts)]),
        )
    )


def _report_untranslated(selection: Selection, practice: Practice, problems: Problems) -> None:
    """Report inserts for printed sections that a practice does not have in its language."""
    for insert in practice.untranslated:
        if selection.prints_insert(insert):
            texts = f'the insert for the section "{insert.section}"'
            problems.add(
                MISSING_PRACTICE_TEXT.at(insert.place, practice=practice.id, language=practice.language, texts=texts)
            )


def check_template_direction(html: str, language: str, template: str, problems: Problems) -> None:
    """Report a page in a right-to-left language whose template, one of the project's own, sets no direction."""
    tag = _HTML_TAG.search(html)
    if direction_of(language) == "rtl" and not (tag and re.search(r"\bdir=[\"']?rtl\b", tag.group())):
        problems.add(TEMPLATE_WITHOUT_DIRECTION.at(Place(f"templates/{template}"), language=language))


def _check_direction(text: str, language: str, place: Place, problems: Problems, *, is_paged: bool) -> None:
    direction = direction_of(language)
    if direction == "vertical":
        problems.add(VERTICAL_WRITING.at(place, text=text, language=language))
    elif direction == "rtl" and is_paged:
        problems.add(WRONG_DIRECTION.at(place, text=text, language=language))


def _find_passages(body: Body) -> Iterator[tuple[str, Place | None]]:
    """Yield the language and the place of each passage in another language."""
    for token in body.tokens:
        for child in token.children or ():
            if child.type == "passage_open":
                yield str(child.attrs.get("lang", "")), _locate(body, token.map, token.content[: child.meta["offset"]])


def _locate(body: Body, lines: list[int] | None, before: str) -> Place | None:
    if body.origin is None or lines is None:
        return None
    return Place(body.origin.file, body.origin.line + lines[0] + before.count("\n"))
