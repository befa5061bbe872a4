"""The words for what a print can be, as settings, options and all stages use them; light, so that all can."""

from typing import Literal

Paper = Literal["letter", "a4"]
Ink = Literal["color", "black"]
Imposition = Literal["pages", "c-fold", "z-fold", "saddle-stitch"]
FileKind = Literal["pdf", "html", "txt"]
Sides = Literal["one-sided", "two-sided-long-edge", "two-sided-short-edge"]
