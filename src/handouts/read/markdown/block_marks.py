"""Checks quotations, headings, rules and code in Markdown whose meaning differs from what was written."""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token

from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.read.markdown.literal import NEVER_PRINTED, SIGN_AS_MARK, make_unknown_markup_problem
from handouts.read.markdown.places import Source
from handouts.read.markdown.sources import AUTHORS_GUIDE, COMMONMARK
from handouts.schema.markup import FoundMarkup

UNMARKED_QUOTATION: Final = Rule(
    "unmarked-quotation",
    Severity.ERROR,
    title="a line right below a quotation without the > mark",
    why="It would be printed as part of what somebody else said.",
    source=COMMONMARK,
    message="this line has no >, but would be printed as part of the quotation above it",
    hint="start it with > if it belongs to the quotation; otherwise leave an empty line above it",
)
UNDERLINED_HEADING: Final = Rule(
    "underlined-heading",
    Severity.ERROR,
    title="a line of --- or === right below text",
    why="The text above the line would become a heading.",
    source=COMMONMARK,
    message="a line of {line} right below text turns it into a heading",
    hint="leave an empty line above it; write a heading as ### Heading",
)
INDENTED_TEXT: Final = Rule(
    "indented-text",
    Severity.ERROR,
    title="text indented by four or more spaces",
    why="It would be printed as code: as typed, with its marks.",
    source=COMMONMARK,
    message="a line indented by four or more spaces is printed as code",
    hint="remove the indentation; to keep lines as typed, put ``` above and below",
)
UNCLOSED_CODE: Final = Rule(
    "unclosed-code",
    Severity.ERROR,
    title="code that is never closed",
    why="Everything after it would be part of it.",
    source=AUTHORS_GUIDE,
    message="the code that starts here is never closed",
    hint="end it with a line of {mark}",
)
RULES: Final = (UNMARKED_QUOTATION, UNDERLINED_HEADING, INDENTED_TEXT, UNCLOSED_CODE)

# The marks of quotations, lists and notes that a line starts with.
_MARKS: Final = re.compile(r"(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)]|\[\^[^\s\[\]]+\]:)(?=[ \t])))*")
# Text after a > that means "more than": a number, with a sign or currency, or =, but not the number of a list item.
_COMPARED: Final = re.compile(r"(?!\d{1,9}[.)][ \t])(?:=|[<≤≥±~≈$€£+\u2212-]?[ \t]?[.,]?\d)")
_SEVERAL_RULES: Final = re.compile(r"(?<!-)-{2,}+[ \t]+-{2}")
_FENCE: Final = re.compile(r"(?<![`~])(?:`{3,}+|~{3,}+)[ \t]*+$")
_SIGN_HINT: Final = 'write it in words, such as "above 38 °C", or \\> for the sign; start a quotation with a word'


def check_block_marks(source: Source, tokens: Sequence[Token], problems: Problems) -> None:
    """Report quotations, headings, rules and code whose meaning differs from what was written."""
    for position, token in enumerate(tokens):
        match token.type:
            case "blockquote_open":
                _check_quotation(source, token, problems)
            case "heading_open" if token.markup in {"-", "="} and "{#" not in tokens[position + 1].content:
                problems.add(UNDERLINED_HEADING.at(source.place(token), line=token.markup * 3))
            case "code_block":
                problems.add(INDENTED_TEXT.at(source.place(token)))
                _check_words_of_code(source, token, problems)
            case "fence":
                _check_fence(source, token, problems)
                _check_words_of_code(source, token, problems)
            case "hr":
                _check_rule(source, token, problems)


def _check_quotation(source: Source, token: Token, problems: Problems) -> None:
    first, end = token.map or (0, 0)
    for number in range(first, end):
        line = source.lines[number]
        match = _MARKS.match(line)
        marks = match[0] if match else ""
        if marks.endswith(">") and _COMPARED.match(line[len(marks) :].lstrip()):
            place = source.place_at(number, len(marks) - 1)
            text = line[len(marks) - 1 :].strip()[:20]
            problems.add(SIGN_AS_MARK.at(place, hint=_SIGN_HINT, text=text, sign=">", meaning="a quotation"))
        elif ">" not in marks and line.strip():
            problems.add(UNMARKED_QUOTATION.at(Place(source.file, source.first_line + number)))


def _check_rule(source: Source, token: Token, problems: Problems) -> None:
    line = source.lines[token.map[0]] if token.map else ""
    if _SEVERAL_RULES.search(line):
        markup = FoundMarkup(0, 0, line.strip(), "a line of a table", "write it with bars: | A | B |")
        problems.add(make_unknown_markup_problem(markup, source.place(token)))


def _check_fence(source: Source, token: Token, problems: Problems) -> None:
    first, end = token.map or (0, 0)
    if token.info.strip():
        markup = FoundMarkup(0, 0, token.info.strip()[:40], "the language of code", "remove what stands after ```")
        problems.add(make_unknown_markup_problem(markup, source.place(token)))
    elif end - first < 2 or not _FENCE.search(source.lines[end - 1]):  # noqa: PLR2004 - the two lines of a fence
        problems.add(UNCLOSED_CODE.at(source.place(token), mark=token.markup))


def _check_words_of_code(source: Source, token: Token, problems: Problems) -> None:
    first, end = token.map or (0, 0)
    for number in range(first, end):
        for match in NEVER_PRINTED.finditer(source.lines[number]):
            markup = FoundMarkup(0, 0, match[0], "a comment or field", "leave it out: code is printed as typed")
            problems.add(make_unknown_markup_problem(markup, source.place_at(number, match.start())))
