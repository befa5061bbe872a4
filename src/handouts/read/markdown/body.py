"""The body of a section, block, note or insert: its tokens with their citations, note marks, pictures and blanks."""

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from markdown_it.token import Token

from handouts.model.library import Body, Citation, FieldUse, NoteMark, Picture, find_fields
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.read.markdown.attributes import (
    HEADING_ATTRIBUTES,
    check_attribute_names,
    check_id,
    check_width,
    read_attributes,
)
from handouts.read.markdown.language_spans import check_language_spans
from handouts.read.markdown.literal import make_unknown_markup_problem
from handouts.read.markdown.places import Inline, Source
from handouts.read.markdown.sources import AMA, AUTHORS_GUIDE, WCAG
from handouts.read.pictures import PictureFinder
from handouts.schema.base import MARKUP_IN_TEXT
from handouts.schema.markup import FoundMarkup, find_markup

BAD_CITATION: Final = Rule(
    "bad-citation",
    Severity.ERROR,
    title="brackets that look like a citation but are not one",
    why="The source would be missing, and the brackets would be printed.",
    source=AMA,
    message="{text} is not a citation",
    hint="write [@id] or [@id; @other-id]",
)
CITATION_IN_DESCRIPTION: Final = Rule(
    "citation-in-description",
    Severity.ERROR,
    title="a citation or note in the description of a picture",
    why="The description is read aloud, not printed: a number in it would lead nowhere.",
    source=AMA,
    message="the description of a picture cannot have a citation or note",
    hint="put it into the text",
)
NO_DESCRIPTION: Final = Rule(
    "no-description",
    Severity.ERROR,
    title="a picture without a description",
    why="People who cannot see it would not know what it shows.",
    source=WCAG,
    message="the picture has no description for people who cannot see it",
    hint="write ![What it shows, in a few words](file.svg)",
)
HEADING_SKIPPED: Final = Rule(
    "heading-skipped",
    Severity.ERROR,
    title="a heading that skips a level",
    why="People who navigate by headings would think that something is missing.",
    source=WCAG,
    message="the heading skips a level",
    hint="use {marks} here",
)
SUBHEADING_ATTRIBUTES: Final = Rule(
    "subheading-attributes",
    Severity.ERROR,
    title="attributes of a heading below the level of sections",
    why="They would be silently ignored.",
    source=AUTHORS_GUIDE,
    message="only # and ## headings can have an id",
    hint="remove the braces and what is in them",
)
BAD_BLANK: Final = Rule(
    "bad-blank",
    Severity.ERROR,
    title="a blank without an id or a label",
    why="A screen reader could not say what to write on it.",
    source=WCAG,
    message="the blank has no {missing}",
    hint='write [____]{{#follow-up label="Follow-up date"}}; without brackets, underscores are a plain line',
)
RULES: Final = (
    BAD_CITATION,
    CITATION_IN_DESCRIPTION,
    NO_DESCRIPTION,
    HEADING_SKIPPED,
    SUBHEADING_ATTRIBUTES,
    BAD_BLANK,
)

_NOT_READ_ALOUD: Final = {
    "sup_open": "superscript",
    "sub_open": "subscript",
    "box": "a box to tick",
    "blank": "a blank",
}


def make_body(source: Source, tokens: Sequence[Token], pictures: PictureFinder, problems: Problems) -> Body:
    """Make a body of block tokens: collect citations, note marks and pictures, and report invalid ones."""
    marks: list[Citation | NoteMark] = []
    found_pictures: list[Picture] = []
    fields = [use for token in tokens for use in _find_block_fields(source, token)]
    blanks: list[tuple[str, Place]] = []
    level = 2
    for inline in source.inlines(tokens):
        # Checks use these to find the place of a word of the text.
        inline.token.meta |= {"columns": inline.columns, "cuts": inline.cuts}
        if inline.subheading:
            _check_subheading(source, inline, level, problems)
            level = inline.subheading
        check_language_spans(inline, problems)
        for child in inline.token.children or ():
            fields.extend(_find_inline_fields(inline, child))
            if child.type == "citation":
                marks.append(Citation(tuple(child.meta["keys"]), inline.place(child.meta["offset"])))
            elif child.type == "footnote_ref":
                child.meta["file"] = source.file
                marks.append(NoteMark(child.meta["label"], inline.place(child.meta["offset"])))
            elif child.type == "image":
                if picture := _read_picture(source, inline, child, pictures, problems):
                    found_pictures.append(picture)
            elif child.type == "blank":
                _read_blank(inline, child, problems)
                blanks.append((child.meta["id"], inline.place(child.meta["offset"])))
            elif child.type == "bad_citation":
                problems.add(BAD_CITATION.at(inline.place(child.meta["offset"]), text=child.content))
    origin = Place(source.file, source.first_line)
    return Body(tuple(tokens), tuple(marks), tuple(found_pictures), origin, tuple(fields), tuple(blanks))


def _find_block_fields(source: Source, token: Token) -> Iterator[FieldUse]:
    for text in token.meta.get("attributes", {}).values() if token.nesting > 0 else ():
        yield from find_fields(text, source.place(token))


def _find_inline_fields(inline: Inline, child: Token) -> Iterator[FieldUse]:
    if child.type == "field":
        yield FieldUse(child.content, inline.place(child.meta["offset"]))
    elif child.type == "image":
        start = child.meta["offset"] + len("![")
        for inner in child.children or ():
            if inner.type == "field":
                yield FieldUse(inner.content, inline.place(start + inner.meta["offset"]))


def _check_subheading(source: Source, inline: Inline, level_above: int, problems: Problems) -> None:
    place = source.place(inline.token)
    if inline.subheading > level_above + 1:
        problems.add(HEADING_SKIPPED.at(place, marks="#" * (level_above + 1)))
    if HEADING_ATTRIBUTES.search(inline.token.content):
        problems.add(SUBHEADING_ATTRIBUTES.at(place))


def _read_picture(
    source: Source, inline: Inline, token: Token, pictures: PictureFinder, problems: Problems
) -> Picture | None:
    place = inline.place(token.meta["offset"])
    if not token.content.strip():
        problems.add(NO_DESCRIPTION.at(place))
    if any(child.type in {"citation", "footnote_ref", "bad_citation"} for child in token.children or ()):
        problems.add(CITATION_IN_DESCRIPTION.at(place))
    if written := token.meta.pop("written", None):
        attributes = read_attributes(written, place, problems) or {}
        check_attribute_names("a picture", attributes, {"width"}, place, problems)
        check_width(attributes, place, problems)
        token.meta |= {name: value for name, value in attributes.items() if name == "width"}
    for child in token.children or ():
        if name := _NOT_READ_ALOUD.get(child.type):
            markup = FoundMarkup(0, 0, token.content[:40], name, "write it in words: it is read aloud")
            problems.add(make_unknown_markup_problem(markup, place))
    picture = pictures.find_beside(source.path, str(token.attrs["src"]), place, problems)
    if picture:
        token.attrs["src"] = quote(picture.name)
    return picture


def _read_blank(inline: Inline, token: Token, problems: Problems) -> None:
    place = inline.place(token.meta["offset"])
    written = token.meta.pop("written")
    attributes = (read_attributes(written, place, problems) if written else {}) or {}
    check_attribute_names("a blank", attributes, {"id", "label"}, place, problems)
    if missing := [name for name in ("id", "label") if not attributes.get(name, "").strip()]:
        problems.add(BAD_BLANK.at(place, missing=" and no ".join(missing)))
    if attributes.get("id"):
        check_id(attributes["id"], place, problems)
    for found in find_markup(attributes.get("label", ""), plain=True):
        problems.add(MARKUP_IN_TEXT.at(place, hint=found.hint, piece=found.piece, name=found.name))
    token.meta |= {"id": attributes.get("id", ""), "label": attributes.get("label", "")}
