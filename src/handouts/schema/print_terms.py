"""The values of print options, shared by settings, command line and all stages."""

from typing import Final, Literal, get_args

Paper = Literal["letter", "a4"]
Ink = Literal["color", "black"]
Imposition = Literal["pages", "one-side", "c-fold", "z-fold", "saddle-stitch"]
UNFOLDED: Final[frozenset[Imposition]] = frozenset({"pages", "one-side"})
"""Impositions with one page on each side."""
FileKind = Literal["pdf", "html", "txt"]
Sides = Literal["one-sided", "two-sided-long-edge", "two-sided-short-edge"]
Flag = Literal["press", "single", "unmarked", "fit"]
FILE_NAME_WORDS: Final = frozenset({*get_args(Paper), *get_args(Ink), *get_args(Flag)})
"""Words after the format in a file name, for prints that differ from the usual one."""
