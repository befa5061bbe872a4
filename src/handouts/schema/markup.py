"""Finds markup in text that is printed as written, by patterns with names and hints on what to write instead."""

import html.entities
import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from handouts.schema.field_names import FIELD

_MAX_SHOWN: Final = 40  # characters
_MAX_FOUND: Final = 10  # of one text


@dataclass(frozen=True, slots=True)
class MarkupKind:
    """A kind of markup: its pattern, its name in messages, and a hint on what to write instead."""

    pattern: re.Pattern[str]
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class FoundMarkup:
    """Markup found in a text, from offset `start` to `end`; `piece` is the text there, shortened."""

    start: int
    end: int
    piece: str
    name: str
    hint: str


def _make_kind(pattern: str, name: str, hint: str) -> MarkupKind:
    return MarkupKind(re.compile(pattern, re.MULTILINE), name, hint)


_FIELD: Final = "write {{ practice.phone }}, and only in a text that can have fields; docs/syntax.md lists them"
_BRACES: Final = "leave out the braces and what is in them"
_EMPHASIS: Final = "put the marks next to the words without a space, as in **never**; remove a single mark"
_TABLE: Final = "a table needs a header row, and below it a line such as |---|---| with as many columns"
_LIST: Final = 'start each item with "- " on a line of its own'
_LINES: Final = f"{_LIST}, make a table, or end each line with \\"

_BARE_CITATION: Final = ("a citation without brackets", "write [@id] right after the sentence")

# All patterns take linear time: the text between two marks is of limited length, or cannot have the first mark in it.
_KINDS: Final = (
    _make_kind(
        r"<!--|-->",
        "part of a comment",
        'a comment starts with <!-- and ends at its first -->; write "to" for an arrow',
    ),
    _make_kind(r"\{\{(?:[^{}\n]{0,200}\}\})?", "a field", _FIELD),
    _make_kind(r"\{%(?:[^{}\n]{0,200}%\})?", "a template command", _BRACES),
    _make_kind(r"\{#[^{}\n]{0,200}#\}", "a template comment", "write a comment as <!-- ... -->"),
    _make_kind(
        r"<(?:[?!][^<>\n]{0,200}>?|/?[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>]{0,500})?>)",
        "an HTML tag",
        "HTML is not supported: leave out < > and what is between them; \\ at the end of a line breaks it",
    ),
    _make_kind(
        r"\{(?:\+\+|--|~~|==|>>)(?:[^{}\n]{0,200}\})?",
        "a tracked change or comment",
        "accept or reject the change, and leave out the braces",
    ),
    _make_kind(r"\{:?\s*[.#][^\s{}][^{}\n]{0,200}\}|\{:?\s*[A-Za-z][\w-]*\s*=[^{}\n]{0,200}\}", "attributes", _BRACES),
    _make_kind(r"\]\{", "attributes after brackets", _BRACES),
    _make_kind(
        r"\^\[", "a note within the text", "write [^name] here, and [^name]: with the words on a line of its own"
    ),
    _make_kind(r"\[\^", "the mark of a note", "write [^name], with one word as its name"),
    _make_kind(r"\[@", "a citation", "write [@id] or [@id; @other-id] in a text of a section"),
    _make_kind(r"\[\[", "a wiki link", "write [words](https://...) or [words](#id)"),
    _make_kind(r"\]\(", "a link", "write [words](https://...) with %20 in place of a space in the address"),
    _make_kind(r"\]\[", "a link by name", "write [words](https://...) or [words](#id)"),
    _make_kind(r"\[![A-Z]+\]|\[TOC\]", "a command in brackets", "leave it out; ::: note starts a remark"),
    _make_kind(r"\[ ?\](?!\()", "a box to tick", "in the text of a section, write [ ] and a space after it"),
    _make_kind(
        r"~~(?:[^~\n]{1,100}~~)?", "struck-out text", "leave out the words that are no longer true, and the tildes"
    ),
    _make_kind(
        r"(?<=\w)~[^\s~]{1,30}~|(?<![\w~])~(?:[\d.,]{1,30}|[^\s~\d](?:[^~\n]{0,80}[^\s~])?)~(?!\w)",
        "subscript",
        "in the text of a section, write it right after a letter and without spaces: H~2~O",
    ),
    _make_kind(
        r"\^[^\s^]{1,30}\^",
        "superscript",
        "in the text of a section, write it without spaces: 10^9^",
    ),
    _make_kind(r"\*{2,}(?:[^*\n]{1,100}\*{2,})?", "bold type", _EMPHASIS),
    _make_kind(
        r"(?<![\w*])\*(?=\w)|(?<=[\w.,;:!?)\"\u201d])\*(?![\w*])",
        "an asterisk at a word",
        f"{_EMPHASIS}; for a note write [^name]",
    ),
    _make_kind(r"(?<![\w*])\*[^\s*][^*\n]{0,200}(?<!\s)\*(?!\w)", "italics", _EMPHASIS),
    _make_kind(
        r"(?<!\w)_{1,2}(?=[^\W_])|(?<=[^\W_])_{1,2}(?!\w)",
        "an underscore at a word",
        f"{_EMPHASIS}; a line to write on has three underscores or more",
    ),
    _make_kind(r"`[^`\n]{1,200}`|`{2,}", "code", "leave out the backticks"),
    _make_kind(r"==[^\s=][^=\n]{0,200}==", "marked text", "leave out the equals signs; ** makes words bold"),
    _make_kind(r"\+\+[^\s+][^+\n]{0,200}\+\+", "inserted text", "leave out the plus signs"),
    _make_kind(
        r"(?<![\w:]):[a-z][a-z0-9_+-]{0,40}:(?![\w:])", "the name of an emoji", "leave it out, or write it in words"
    ),
    _make_kind(r"\$\$", "a formula", "formulas are not supported: write it in words"),
    _make_kind(
        r"(?<![\w$])\$(?=[^\s$])(?:[A-Za-z]|[^$\n]{0,200}[\\^_={}][^$\n]{0,200})(?<=[^\s$])\$(?!\d)",
        "a formula",
        "formulas are not supported: write it in words",
    ),
    _make_kind(r"(?<![\w:\\])\\[A-Za-z]{2,40}", "a TeX command", "TeX is not supported: leave it out"),
    _make_kind(r"(?<!\w)@[A-Za-z][\w-]*\d[\w:-]*", *_BARE_CITATION),
)
# Markup only at the start of a line, and not in the cell of a table.
_LINE_KINDS: Final = (
    _make_kind(r"^[ \t]*:[ \t]+\S.*$", "a definition", "a definition has its term alone on the line above it"),
    _make_kind(
        r"^[ \t]*:{2,}.*$",
        "the mark of a block",
        "a block starts with three colons, a space and its name, on a line of its own",
    ),
    _make_kind(r"^[ \t]*\|.*$", "a row of a table", _TABLE),
    # As office programs copy a table.
    _make_kind(
        r"^[ ]*+[^\s][^\t\n]*+\t[ \t]*+[^\s][^\n]*+\n[ ]*+[^\s][^\t\n]*+\t[^\n]*",
        "rows of a table with tabs",
        f"they would be printed as one line: {_TABLE}",
    ),
    # Days with their doses, or names with their numbers. Not at the end of a sentence, in long lines, which are broken
    # at any place, and before a line break, which is \ue000 or two spaces.
    _make_kind(
        r"^[^\s:][^\n:]{0,30}:[ \t](?=[^\n]{1,50}$)[^\n]*[^\s.,;:!?\u2026\ue000] ?\n"
        r"[ \t]*[A-Z\d\u00c0-\u00de][^\n:]{0,30}:[ \t][^\n]*",
        "lines that would be printed as one",
        _LINES,
    ),
    _make_kind(r"^[ \t]*+(?=[^\n]*[-=])(?:[|+:=-][ \t]*+){3,}$", "a line of a table", _TABLE),
    _make_kind(r"^[ \t]*[•◦‣▪▫●○◆■□▸►·∙](?=[ \t]*\S).*$", "a typed bullet", _LIST),
    # As Word copies its bullets: of Symbol and Wingdings, and the letter o.
    _make_kind(r"^[ \t]*(?:[\uf000-\uf0ff][ \t]*|[o\u00a7\u00d8](?:\t[ \t]*| {2,}))\S.*$", "a typed bullet", _LIST),
    _make_kind(
        r"\A[ \t]*[\u2013\u2014][ \t]+\S.*$|^[ \t]*[\u2013\u2014][ \t]+\S[^\n]*\n[ \t]*[\u2013\u2014][ \t]+\S",
        "a typed bullet",
        f"{_LIST}; for minus write the word",
    ),
    _make_kind(
        r"^[ \t]*#+(?=[A-Za-z\u00c0-\U0010ffff{])[^\n]*|^[ \t]*#{2,}[^\s#][^\n]*|^[ \t]*#{1,6}\S[^\n]*\{#[^\n]*",
        "a heading without a space",
        "put a space after the last #",
    ),
    _make_kind(
        r"^[ \t]*#{7,}[^\n]*", "a heading with too many #", "a heading within a section starts with ### and a space"
    ),
    _make_kind(r"^[ \t]*!!![ \t]*\w.*$", "a remark", "::: note starts a remark, ::: ends it"),
    _make_kind(r"^[ \t]*~{3,}.*$", "a fence of code", "leave it out"),
    _make_kind(
        r"^[ \t]*\d{1,2}[.)](?=[^\W\d_]{2})[^\n]*", "a number of a list without a space", f"{_LIST}, or 1. and a space"
    ),
    _make_kind(
        r"\n[ \t]*(?:\([a-z0-9]{1,2}\)|[a-z][.)])[ \t]+\S[^\n]*"
        r"|^[ \t]*(?:A([.)])[^\n]*\n[ \t]*B\1|([iI])([.)])[^\n]*\n[ \t]*\2\2\3)[ \t]+\S[^\n]*",
        "a list by letters",
        f"{_LIST}, or 1. and a space",
    ),
)
# Only in a text that is printed as written: it has no lists, headings or quotations.
_PLAIN_LINE_KINDS: Final = (
    _make_kind(r"^[ \t]*#{2,6}[ \t]+\S.*$", "a heading", "write it in plain words"),
    _make_kind(
        r"\n[ \t]*(?:[-+*>]|\d{1,9}[.)])[ \t]+\S", "a list or quotation", "write one sentence, or several values"
    ),
)
_ANY: Final = re.compile(
    r"[<>{}\[\]~^*_`=+:$\\@&|!#•◦‣▪▫●○◆■□▸►·∙\u2013\u2014\uf000-\uf0ff\t-]"
    r"|\d[.)][^\W\d_]|\n[ \t]*\(?[A-Za-z0-9]{1,2}[.)]|[o\u00a7\u00d8] {2}"
)
_AT: Final = re.compile(r"(?<!\w)@([A-Za-z0-9_][\w:.+-]*)")
_ENTITY: Final = re.compile(r"&(?:#x?[0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")


def find_markup(
    text: str,
    *,
    shown: str = "",
    lines: bool = True,
    plain: bool = False,
    fields: bool = False,
    keys: Collection[str] = (),
) -> list[FoundMarkup]:
    """Return the markup in a text that is printed as written, in order and without overlaps, at most ten pieces.

    `lines` includes markup at the start of lines, `plain` also lists and headings. With `fields`, fields of the right
    form are no markup. `keys` are ids of references, which are citations after an @. Pieces are taken from `shown`, a
    text of the same length, if it is not empty.
    """
    if not _ANY.search(text):
        return []
    if fields:
        text, shown = FIELD.sub(lambda field: "\ue000" * len(field[0]), text), shown or text
    overlapping = sorted(
        _find_all(text, shown or text, lines=lines, plain=plain, keys=keys),
        key=lambda markup: (markup.start, -markup.end),
    )
    apart: list[FoundMarkup] = []
    for markup in overlapping:
        if not apart or markup.start >= apart[-1].end:
            apart.append(markup)
    return apart[:_MAX_FOUND]


def _find_all(text: str, shown: str, *, lines: bool, plain: bool, keys: Collection[str]) -> Iterator[FoundMarkup]:
    kinds = (*_KINDS, *(_LINE_KINDS if lines else ()), *(_PLAIN_LINE_KINDS if plain else ()))
    for kind in kinds:
        for match in itertools.islice(kind.pattern.finditer(text), _MAX_FOUND):
            yield _make_found_markup(shown, match, kind.name, kind.hint)
    for match in itertools.islice(_ENTITY.finditer(text), _MAX_FOUND):
        known = match[0][1:] in html.entities.html5 or "#" in match[0]
        if known or not (match.start() and text[match.start() - 1].isalnum()):
            yield _make_found_markup(shown, match, "an HTML character code", "write the character itself")
    if keys:
        for match in itertools.islice(_AT.finditer(text), _MAX_FOUND):
            if match[1].rstrip(":.+-") in keys:
                yield _make_found_markup(shown, match, *_BARE_CITATION)


def _make_found_markup(shown: str, match: re.Match[str], name: str, hint: str) -> FoundMarkup:
    start, end = match.span()
    while start < end and shown[start] in " \t\n":  # a line is shown from its first character
        start += 1
    piece = " ".join(shown[start:end].split())
    return FoundMarkup(start, end, piece if len(piece) <= _MAX_SHOWN else f"{piece[:_MAX_SHOWN]}...", name, hint)
