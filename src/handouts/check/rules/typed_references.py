"""Sections and pages that a text names by a typed number: both are numbered anew in each print."""

import re
from collections.abc import Iterable
from typing import Final

from handouts.check.plain_language.printed_texts import PrintedText
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_TYPED_REFERENCE: Final = Rule(
    code="typed-reference",
    severity=Severity.WARNING,
    title="a section or page is named by a typed number",
    why="With a choice of sections, or in another format, the number belongs to another section or page: patients read "
    "there, and act on it.",
    source="docs/syntax.md, links; Federal plain language guidelines (2011), minimize cross-references",
    message='"{found}" is another one in other prints',
    hint="link the section by its id: [What can I do at home?](#at-home)",
)
RULES: Final = (_TYPED_REFERENCE,)

_WORDS: Final = "one|two|three|four|five|six|seven|eight|nine|ten"
_ENGLISH: Final = (
    rf"(?:see|read|in|on|under|from|go to|turn to|refer to|back to|\() ?(?:the )?(?:sections?|pages?|chapters?|parts?)"
    rf" (?:no\. )?(?:\d{{1,2}}|{_WORDS})\b"
    # "Page 3 of your booklet" is one of something else, and "Section 8" a law.
    rf"(?=\s*(?:\Z|[.,;:)!?]|(?:for|below|above|to|and|or|if|when|of this|of the handout)\b))"
    r"|on the (?:next|previous|following|opposite) page\b|\boverleaf\b"
)
_SPANISH: Final = (
    r"(?:vea|v\u00e9ase|ver|lea|consulte|en|de|vaya a|\() ?(?:la |el )?"
    r"(?:secci\u00f3n|p\u00e1gina|cap\u00edtulo|apartado) (?:n\.\u00ba )?\d{1,2}\b(?! de (?:su|la|el|los|las)\b)"
    r"|en la p\u00e1gina (?:siguiente|anterior)\b"
)
_VIETNAMESE: Final = (
    r"(?:xem|\u0111\u1ecdc|\u1edf|trong) (?:ph\u1ea7n|trang|m\u1ee5c|ch\u01b0\u01a1ng) (?:s\u1ed1 )?\d{1,2}\b"
)
_CHINESE: Final = (
    "(?:\u89c1|\u53c2\u89c1|\u53c2\u9605|\u770b|\u5728) ?\u7b2c ?\\d{1,2} ?"
    "(?:\u9875|\u9801|\u8282|\u7bc0|\u90e8\u5206|\u7ae0)"
)
_ARABIC: Final = (
    r"(?:\u0627\u0646\u0638\u0631|\u0631\u0627\u062c\u0639|\u0627\u0642\u0631\u0623|\u0641\u064a) "
    r"(?:\u0625\u0644\u0649 )?(?:\u0627\u0644)?(?:\u0642\u0633\u0645|\u0635\u0641\u062d\u0629|\u0641\u0635\u0644) "
    r"(?:\u0631\u0642\u0645 )?\d{1,2}\b"
)
_TYPED: Final = re.compile(rf"(?<!\w)(?:{_ENGLISH}|{_SPANISH}|{_VIETNAMESE}|{_ARABIC})|{_CHINESE}", re.IGNORECASE)
_MAY_HAVE: Final = re.compile(r"page|overleaf|section|chapter|part|secci|p\u00e1gina|\d", re.IGNORECASE)


def check_typed_references(texts: Iterable[PrintedText], problems: Problems) -> None:
    """Report numbers of sections and pages that are typed, in the languages that labels are shipped in."""
    for text in texts:
        if _MAY_HAVE.search(text.text):
            for match in _TYPED.finditer(text.text):
                found = match.group().lstrip("( ")
                problems.add(_TYPED_REFERENCE.at(text.place(match.start()), found=found))
