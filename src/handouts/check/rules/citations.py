"""Positions of citations (after full stops and commas, never right after a number), typed ones, and figures without."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from markdown_it.token import Token

from handouts.check.markdown_texts import MarkdownText
from handouts.check.wording.risk import PEOPLE, RISK
from handouts.model.library import Body, Citation
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_AMA: Final = "AMA Manual of Style, 11th ed, 3.6, Citation (https://academic.oup.com/amamanualofstyle)"

_BEFORE_STOP: Final = Rule(
    code="citation-before-stop",
    severity=Severity.WARNING,
    title="a citation stands before a full stop or a comma",
    why="In AMA style the number follows full stops and commas. Before them it looks like part of the last word.",
    source=_AMA,
    message='{citation} stands before "{mark}"',
    hint='put it after the {mark_name}: "{mark}{citation}"',
)
_AFTER_COLON: Final = Rule(
    code="citation-after-colon",
    severity=Severity.WARNING,
    title="a citation stands after a colon or a semicolon",
    why="In AMA style the number stands before colons and semicolons, with the words that it belongs to.",
    source=_AMA,
    message='{citation} stands after "{mark}"',
    hint='put it before: "{citation}{mark}"',
)
_AFTER_NUMBER: Final = Rule(
    code="citation-after-number",
    severity=Severity.WARNING,
    title="a citation stands right after a number or a unit",
    why='A raised 2 right after "10 cm" looks like a power, and after a number like one more digit: patients could '
    "read another dose or size.",
    source=_AMA,
    message='{citation} stands right after "{words}"',
    hint="put it after a word, or at the end of the sentence",
)
_UNCITED_FIGURE: Final = Rule(
    code="uncited-figure",
    severity=Severity.WARNING,
    title="a paragraph has a figure and no source for it",
    why="Readers and reviewers can only check a number if its source is named.",
    source="PIF TICK criteria, evidence and sources (https://piftick.org.uk); DISCERN, questions 4 and 5 "
    "(https://jech.bmj.com/content/53/2/105)",
    message='no source is given for "{figure}"',
    hint="cite it in this paragraph, [@id], or accept it with a reason",
)
_TYPED_NUMBER: Final = Rule(
    code="typed-citation",
    severity=Severity.ERROR,
    title="the number of a source is typed, not cited",
    why="Sources are numbered anew in each print. A typed number looks the same, and leads to another source or none.",
    source=_AMA,
    message='"{number}" looks like the number of a source, but was typed',
    hint="cite the source, [@id]: the number is printed for you; if it is something else, write it in words",
)
RULES: Final = (_BEFORE_STOP, _AFTER_COLON, _AFTER_NUMBER, _UNCITED_FIGURE, _TYPED_NUMBER)

_CITED: Final = r"\[\s*@[^\[\]\n]+\]"
_STOP_AFTER: Final = re.compile(rf"({_CITED})\s*[.,](?!\d)")
_COLON_BEFORE: Final = re.compile(rf"[:;]\s*({_CITED})")
_UNITS: Final = "mm|cm|km|m|kg|mg|mcg|µg|μg|g|ml|mL|dl|dL|l|L|in|ft|lb|oz|°C|°F|%|mmHg|kcal|kPa|kg/m|h|min|s|cc|IU|mmol"
_NUMBER_BEFORE: Final = re.compile(rf"(?:\d(?:\s?(?:{_UNITS}))?|[²³])[*_]*\s?({_CITED})")
_RAISED: Final = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
# Squares and cubes.
_LENGTH_BEFORE: Final = re.compile(
    r"(?:[a-z]*met(?:er|re|ro)s?|inch(?:es)?|pulgadas?|foot|feet|yards?|acres?|miles?|millas?)$", re.IGNORECASE
)
_LONGEST_LENGTH: Final = 12  # letters
# In brackets, or raised behind a sentence or a long word: 10^9^, cm\u00b2 and iodine^131^ are no numbers of sources.
_TYPED: Final = re.compile(
    r"\\?\[\d{1,3}(?:\s?[,;\u2013-]\s?\d{1,3}){0,20}\\?\](?![(\[{:])"
    r"|(?:(?<=[a-z]{4})|(?<=[.,;:!?)\]\"\u201d]))"
    rf"(?:[{_RAISED}]{{1,2}}(?:[,\u207b\u2013-][{_RAISED}]{{1,2}}){{0,20}}(?![{_RAISED}])"
    r"|\^\d{1,2}(?:[,\u2013-]\d{1,2}){0,20}\^)"
)
_COUNT: Final = "(?:[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten)"
_FIGURE: Final = re.compile(
    rf"(?<![0-9.,])(?<!width=)[0-9][0-9.,]*\s?(?:%|percent\b|per cent\b)"  # not the width of a picture
    rf"|\b{_COUNT} (?:in|of|out of) (?:every )?{_COUNT}\b(?! of these| other)"
    rf"|(?<![0-9.,])[0-9][0-9.,]* (?:thousand|million|billion)\b"
    rf"|\b(?:a|{_COUNT}) (?:thousand|million|billion) (?:\w+ )?{PEOPLE}\b"
    rf"|\b(?:thousands|millions) of (?:\w+ )?{PEOPLE}\b"
    rf"|\b(?:twice|{_COUNT} times) (?:as|more|less|higher|lower)\b"
    rf"|\b(?:half|(?:one|a|two|three)[ -](?:third|quarter|fourth|fifth)s?) of (?:all |the |our )?(?:\w+ )?{PEOPLE}\b"
    rf"|\b(?:doubl|tripl|halv)(?:e|es|ed|ing) (?:\w+ ){{0,3}}?{RISK}\b"
    rf"|\b{RISK} (?:\w+ ){{0,4}}?(?:by|in) half\b",
    re.IGNORECASE,
)
# A strength of a product, or a value to aim at, is no finding of research.
_STRENGTH: Final = re.compile(
    r" ?(?:\w+ )?(?:cream|ointment|gel|lotion|solution|alcohol|milk|bleach|peroxide|saline|oxygen|shampoo|spray|drops|"
    r"juice|sunscreen|sure|certain)\b",
    re.IGNORECASE,
)
_TARGET: Final = re.compile(
    r"\b(?:your|keep|aim)\b[^.!?%]{0,60}"
    r"\b(?:should|stay|below|under|above|over|less|more|at least|for)\b[^.!?%]{0,20}$",
    re.IGNORECASE,
)
_BEFORE: Final = 100  # characters in which the words of a target are looked for


def check_citations(texts: Iterable[MarkdownText], notes: Mapping[str, Body], problems: Problems) -> None:
    """Check the positions of citations, and that figures have one; `notes` are those that the texts refer to."""
    notes_with_source = {
        label for label, note in notes.items() if any(isinstance(mark, Citation) for mark in note.marks)
    }
    is_cited: dict[int, bool] = {}  # by the identity of the group: all cells of a table share theirs
    for text in texts:
        if "[" in text.markdown:
            _check_positions(text, problems)
        for match in _TYPED.finditer(text.markdown):
            if not _LENGTH_BEFORE.search(text.markdown, max(0, match.start() - _LONGEST_LENGTH), match.start()):
                problems.add(_TYPED_NUMBER.at(text.place(match.start()), number=match.group()))
        figure = next(filter(_is_claim, _FIGURE.finditer(text.markdown)), None)
        if figure is None:
            continue
        if id(text.group) not in is_cited:
            children = (child for token in text.group for child in token.children or ())
            is_cited[id(text.group)] = any(_cites(child, notes_with_source) for child in children)
        if not is_cited[id(text.group)]:
            problems.add(_UNCITED_FIGURE.at(text.place(figure.start()), figure=figure.group()))


def _is_claim(figure: re.Match[str]) -> bool:
    """Return whether a figure is a claim that needs a source; a percentage may be a strength or a value to aim at."""
    if not figure.group().lower().endswith(("%", "percent", "per cent")):
        return True
    before = figure.string[max(0, figure.start() - _BEFORE) : figure.start()]
    is_risk = re.search(rf"\b{RISK}\b", before, re.IGNORECASE)
    return not _STRENGTH.match(figure.string, figure.end()) and not (_TARGET.search(before) and not is_risk)


def _check_positions(text: MarkdownText, problems: Problems) -> None:
    markdown = text.markdown
    for match in _STOP_AFTER.finditer(markdown):
        mark = match.group()[-1]
        mark_name = "full stop" if mark == "." else "comma"
        problems.add(_BEFORE_STOP.at(text.place(match.start(1)), citation=match[1], mark=mark, mark_name=mark_name))
    for match in _COLON_BEFORE.finditer(markdown):
        problems.add(_AFTER_COLON.at(text.place(match.start(1)), citation=match[1], mark=match.group()[0]))
    for match in _NUMBER_BEFORE.finditer(markdown):
        words = " ".join(markdown[: match.start(1)].split()[-2:])
        problems.add(_AFTER_NUMBER.at(text.place(match.start(1)), citation=match[1], words=words))


def _cites(child: Token, notes_with_source: Collection[str]) -> bool:
    return child.type == "citation" or (child.type == "footnote_ref" and child.meta["label"] in notes_with_source)
