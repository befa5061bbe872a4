"""What people who do not see, or who jump from link to link, need: descriptions, link texts, heads of tables."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from markdown_it.token import Token

from handouts.check.passages import Passage
from handouts.model.library import Handout
from handouts.problems.problem import Problem, Severity
from handouts.problems.rule import Rule

_ALT: Final = Rule(
    "useless-description",
    Severity.WARNING,
    "a picture's description does not say what it shows",
    'A screen reader reads the description out. "Image" or a file name leaves its listener without the picture.',
    "WCAG 2.2, 1.1.1 (https://www.w3.org/TR/WCAG22/#non-text-content), failure F30",
)
_LONG: Final = Rule(
    "long-description",
    Severity.WARNING,
    "a picture's description is very long",
    "Listeners cannot stop and go back in it. What needs many words belongs into the text, for all.",
    "W3C, Complex images (https://www.w3.org/WAI/tutorials/images/complex/)",
)
_LINK: Final = Rule(
    "vague-link",
    Severity.WARNING,
    "the text of a link does not say where it leads",
    'Many listen to a list of links alone. "Click here" tells them nothing, and nobody can click on paper.',
    "WCAG 2.2, 2.4.4 and 2.4.9 (https://www.w3.org/TR/WCAG22/#link-purpose-in-context)",
)
_HEAD: Final = Rule(
    "empty-table-head",
    Severity.WARNING,
    "a column of a table has no head",
    "A screen reader names the head with each cell. Without it, the cell is a word out of nowhere.",
    "WCAG 2.2, 1.3.1 (https://www.w3.org/TR/WCAG22/#info-and-relationships)",
)
_LANGUAGE: Final = Rule(
    "odd-language",
    Severity.WARNING,
    "the file name of a handout is no usual language tag",
    "Screen readers choose the voice by it, and speak gibberish with the wrong one.",
    "WCAG 2.2, 3.1.1 (https://www.w3.org/TR/WCAG22/#language-of-page); BCP 47 (https://www.rfc-editor.org/info/bcp47)",
)
RULES: Final = (_ALT, _LONG, _LINK, _HEAD, _LANGUAGE)

_LONGEST: Final = 350  # characters: about 20 seconds to listen to
_KINDS: Final = "image|picture|photo|photograph|figure|graphic|graph|chart|diagram|drawing|icon|logo|illustration"
_USELESS: Final = re.compile(
    rf"(?:an? |the )?(?:{_KINDS})(?: of)?(?: \d+)?|\S+\.(?:png|jpe?g|svg|gif)|untitled|alt(?: text)?|todo",
    re.IGNORECASE,
)
_VAGUE: Final = re.compile(
    r"(?:please )?(?:click |tap |press |see |read )?(?:here|this|more|link|this link|this page|read more|learn more|"
    r"more information|website|web page|details)|https?://\S+|www\.\S+",
    re.IGNORECASE,
)
_TAG: Final = re.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")  # RFC 5646: language, script, region


def accessibility_findings(passages: Iterable[Passage]) -> Iterator[Problem]:
    """Report descriptions, link texts and heads of tables that say nothing."""
    for passage in passages:
        if passage.kind == "th" and not passage.read.strip():
            hint = "write what the column holds; for the first column too"
            yield _HEAD.found("a column of this table has no head", passage.place(), hint)
        for child in passage.children:
            if child.type == "image":
                yield from _description(passage, child)
        yield from _links(passage)


def language_findings(handout: Handout) -> Iterator[Problem]:
    """Report a language tag of an unusual form."""
    if not _TAG.fullmatch(handout.language):
        message = f'"{handout.language}" is no usual language tag'
        yield _LANGUAGE.found(message, handout.place, "name the file en.md, es.md or pt-BR.md")


def _description(passage: Passage, picture: Token) -> Iterator[Problem]:
    words = " ".join(picture.content.split())
    place = passage.place(picture.meta["offset"])
    if _USELESS.fullmatch(words.strip(" .")):
        yield _ALT.found(f'"{words}" does not say what the picture shows', place, "say what a reader has to see in it")
    elif len(words) > _LONGEST:
        message = f"the description has {len(words)} characters"
        yield _LONG.found(message, place, f"keep it to {_LONGEST}, and tell the rest in the text")


def _links(passage: Passage) -> Iterator[Problem]:
    opening: Token | None = None
    words = ""
    for child in passage.children:
        if child.type == "link_open":
            opening, words = child, ""
        elif child.type == "link_close" and opening:
            text = " ".join(words.split()).strip(" .:>\u00bb")
            # An address between < and > is meant to be read as one.
            if opening.markup != "autolink" and _VAGUE.fullmatch(text):
                hint = "name what the reader finds there"
                place = passage.place(opening.meta["start"])
                yield _LINK.found(f'the link "{text}" does not say where it leads', place, hint)
            opening = None
        elif opening:
            words += child.content or " "
