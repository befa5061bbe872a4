"""Broken picture and font files: the exception that the checks raise, and the rules that report it."""

from typing import Final

from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

BROKEN_PICTURE: Final = Rule(
    "broken-picture",
    Severity.ERROR,
    title="a picture that is cut off, damaged or contradicts itself",
    why="Programs show different things in its place: a black block, a part of it, or another picture.",
    source="PNG, third edition (https://www.w3.org/TR/png-3); JPEG, ITU-T T.81 (https://www.w3.org/Graphics/JPEG/itu-t81.pdf)",
    message="the picture {file} cannot be used: {reason}",
    hint="export it again",
)
NOT_A_FONT: Final = Rule(
    "not-a-font",
    Severity.ERROR,
    title="a font that is not a TrueType or OpenType file, or is damaged",
    why="Pages could be printed without any text.",
    source="OpenType 1.9.1 (https://learn.microsoft.com/typography/opentype/spec/otff)",
    message="the font {file} cannot be used: {reason}",
    hint="save it again as TTF or OTF from the program that it comes from",
)
CHANGED_FILE: Final = Rule(
    "changed-file",
    Severity.ERROR,
    title="a picture or font that changed while a handout was made from it",
    why="What is printed would not be what was checked.",
    source="docs/practices.md: what no template and no style sheet can leave out",
    message="the {kind} {file} changed while the handout was made",
    hint="build again",
)
RULES: Final = (BROKEN_PICTURE, NOT_A_FONT, CHANGED_FILE)


class BrokenFileError(HandoutsError, ValueError):
    """A picture or font file that is damaged, incomplete or of a kind that is not printed; the text says why."""
