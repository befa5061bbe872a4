"""The words for what a print can be, as settings, options and all stages use them; light, so that all can."""

from typing import Final, Literal, get_args

Paper = Literal["letter", "a4"]
Ink = Literal["color", "black"]
Imposition = Literal["pages", "c-fold", "z-fold", "saddle-stitch"]
FileKind = Literal["pdf", "html", "txt"]
Sides = Literal["one-sided", "two-sided-long-edge", "two-sided-short-edge"]
Flag = Literal["press", "single", "unmarked", "fit"]
FILE_NAME_WORDS: Final = frozenset({*get_args(Paper), *get_args(Ink), *get_args(Flag)})
"""What follows the format in the name of a file, where a print differs from the usual one."""
