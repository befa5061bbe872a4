"""Accessibility for people who use a screen reader or navigate by links: descriptions, link texts, column headings."""

import re
from collections.abc import Iterable
from typing import Final

from markdown_it.token import Token

from handouts.check.markdown_texts import MarkdownText
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_USELESS_DESCRIPTION: Final = Rule(
    code="useless-description",
    severity=Severity.WARNING,
    title="a picture's description does not say what it shows",
    why='A screen reader reads the description aloud. After "Image" or a file name, the listener knows no more.',
    source="WCAG 2.2, 1.1.1 (https://www.w3.org/TR/WCAG22/#non-text-content), failure F30",
    message='"{description}" does not say what the picture shows',
    hint="say what a reader should see in it",
)
_LONG_DESCRIPTION: Final = Rule(
    code="long-description",
    severity=Severity.WARNING,
    title="a picture's description is very long",
    why="Listeners cannot pause it or go back. What needs many words belongs in the text, where everyone can read it.",
    source="W3C, Complex images (https://www.w3.org/WAI/tutorials/images/complex/)",
    message="the description has {length} characters",
    hint="keep it to {limit}, and explain the rest in the text",
)
_VAGUE_LINK: Final = Rule(
    code="vague-link",
    severity=Severity.WARNING,
    title="the text of a link does not say where it leads",
    why='Many people listen to a list of links only. "Click here" tells them nothing, and nobody can click on paper.',
    source="WCAG 2.2, 2.4.4 and 2.4.9 (https://www.w3.org/TR/WCAG22/#link-purpose-in-context)",
    message='the link "{link}" does not say where it leads',
    hint="name what the reader finds there",
)
_EMPTY_TABLE_HEAD: Final = Rule(
    code="empty-table-head",
    severity=Severity.WARNING,
    title="a column of a table has no heading",
    why="A screen reader reads the heading of the column before each cell. Without it, nobody knows what a cell means.",
    source="WCAG 2.2, 1.3.1 (https://www.w3.org/TR/WCAG22/#info-and-relationships)",
    message="a column of this table has no heading",
    hint="write what the column holds; the first column needs a heading too",
)
RULES: Final = (_USELESS_DESCRIPTION, _LONG_DESCRIPTION, _VAGUE_LINK, _EMPTY_TABLE_HEAD)

_LONGEST_DESCRIPTION: Final = 350  # characters: about 20 seconds to listen to
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


def check_accessibility(texts: Iterable[MarkdownText], problems: Problems) -> None:
    """Check descriptions of pictures, texts of links and headings of table columns."""
    for text in texts:
        if text.tag == "th" and not text.words.strip():
            problems.add(_EMPTY_TABLE_HEAD.at(text.place()))
        for child in text.children:
            if child.type == "image":
                _check_description(text, child, problems)
        _check_links(text, problems)


def _check_description(text: MarkdownText, picture: Token, problems: Problems) -> None:
    description = " ".join(picture.content.split())
    place = text.place(picture.meta["offset"])
    if _USELESS.fullmatch(description.strip(" .")):
        problems.add(_USELESS_DESCRIPTION.at(place, description=description))
    elif len(description) > _LONGEST_DESCRIPTION:
        problems.add(_LONG_DESCRIPTION.at(place, length=len(description), limit=_LONGEST_DESCRIPTION))


def _check_links(text: MarkdownText, problems: Problems) -> None:
    opening: Token | None = None
    words = ""
    for child in text.children:
        if child.type == "link_open":
            opening, words = child, ""
        elif child.type == "link_close" and opening:
            link = " ".join(words.split()).strip(" .:>\u00bb")
            # An address between < and > is intended to be read as one.
            if opening.markup != "autolink" and _VAGUE.fullmatch(link):
                problems.add(_VAGUE_LINK.at(text.place(opening.meta["start"]), link=link))
            opening = None
        elif opening:
            words += child.content or " "
