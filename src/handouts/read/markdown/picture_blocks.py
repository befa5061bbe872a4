"""Checks the blocks in which pictures have fixed places: steps, rows of pictures, a picture beside its text."""

from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.read.markdown.places import Source
from handouts.read.markdown.sources import AUTHORS_GUIDE

STEP_PICTURE: Final = Rule(
    "step-picture",
    Severity.ERROR,
    title="a step that does not have exactly one picture",
    why="A picture would stand beside the wrong step.",
    source=AUTHORS_GUIDE,
    message="this step has {count} pictures: each step has one",
    hint="write 1. ![What it shows](file.svg) What to do",
)
STEPS_LIST: Final = Rule(
    "steps-list",
    Severity.ERROR,
    title="steps that are not one numbered list",
    why="Steps stand beside their pictures, and are followed by number.",
    source=AUTHORS_GUIDE,
    message="a block ::: steps has one numbered list and nothing else",
    hint="put other text above or below the block",
)
ROW_OF_PICTURES: Final = Rule(
    "row-of-pictures",
    Severity.ERROR,
    title="a row of pictures that is not two to four pictures with captions",
    why="Captions would stand below the wrong picture, or pictures would be too small to see.",
    source=AUTHORS_GUIDE,
    message="a block ::: figures has two to four paragraphs, each a picture with its caption",
    hint="write ![What it shows](file.svg) The caption; leave an empty line between two pictures",
)
PICTURE_BESIDE: Final = Rule(
    "picture-beside",
    Severity.ERROR,
    title="a picture beside text that is not one picture and text",
    why="One picture can stand beside its text, not several.",
    source=AUTHORS_GUIDE,
    message="a figure with a side has one picture and text; this one has {count} pictures",
    hint="::: figures sets two to four pictures in a row",
)
RULES: Final = (STEP_PICTURE, STEPS_LIST, ROW_OF_PICTURES, PICTURE_BESIDE)

_ROW: Final = range(2, 5)


def check_picture_blocks(source: Source, tokens: Sequence[Token], problems: Problems) -> None:
    """Report steps without a picture each, and pictures that are not where their block needs them."""
    for position, token in enumerate(tokens):
        if token.type == "container_block_open":
            inner = tokens[position + 1 : _find_end(tokens, position)]
            match token.meta["name"]:
                case "steps":
                    _check_steps(source, token, inner, problems)
                case "figures":
                    paragraphs = [group for group in _group(inner) if _is_picture_paragraph(group)]
                    if len(paragraphs) not in _ROW or len(paragraphs) != len(list(_group(inner))):
                        problems.add(ROW_OF_PICTURES.at(source.place(token)))
                case "figure" if "side" in token.meta["attributes"]:
                    if (count := _count_pictures(inner)) != 1:
                        problems.add(PICTURE_BESIDE.at(source.place(token), count=count))


def _check_steps(source: Source, opening: Token, tokens: Sequence[Token], problems: Problems) -> None:
    groups = list(_group(tokens))
    if len(groups) != 1 or groups[0][0].type != "ordered_list_open":
        problems.add(STEPS_LIST.at(source.place(opening)))
        return
    for item in _group(groups[0][1:-1]):
        if (count := _count_pictures(item)) != 1:
            problems.add(STEP_PICTURE.at(source.place(item[0]), count=count))


def _count_pictures(tokens: Sequence[Token]) -> int:
    return sum(child.type == "image" for token in tokens for child in token.children or ())


def _is_picture_paragraph(tokens: Sequence[Token]) -> bool:
    children = tokens[1].children if tokens[0].type == "paragraph_open" else None
    return children is not None and children[0].type == "image" and _count_pictures(tokens) == 1


def _group(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the elements on the highest level, each with all tokens in it."""
    position = 0
    while position < len(tokens):
        end = _find_end(tokens, position)
        yield tokens[position : end + 1]
        position = end + 1


def _find_end(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for position in range(start, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    return len(tokens)
