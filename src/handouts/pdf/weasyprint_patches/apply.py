"""Speeds up WeasyPrint by caching results that it would compute again and again.

There are no hooks for this, so functions of WeasyPrint 70 and of its HTML parser are replaced. The small replacements
are here: patterns of the parser, and computed styles.

Each earns its place: so much more processor time is needed without it, for the layout of the shipped handout of 6 pages
in a worker that has set its text before (0.55 s), for its first print (1.3 s), and for the first of each further
practice (0.117 s).

    columns.py                         14 %, 200 %   search_column_heights
    tried_blocks.py            21 %                  reuse_tried_blocks
    laid_out_lines.py          28 %                  reuse_laid_out_lines
    used_values.py             35 %                  keep_used_values
    kept_styles.py             14 %                  reuse_styles
    lines.py                           16 %,  10 %   reuse_lines
    drawings.py                         2 %,   6 %   reuse_paths
                                                1 %   reuse_lengths
    painting.py                                 3 %   skip_missing_borders, multiply_without_loops
    _shorten_style_lookup               7 %,   5 %
    _reuse_patterns                     0 %,   0 %   but 33 % for a file in the text format

With page_margins.py, layouts that are only tried take a seventh less. With block_recorder.py, which replaces functions
only while slots are laid out, the first print of each further practice takes half the time.
"""

import functools
import re
from typing import Any, Final

import tinyhtml5.inputstream
import weasyprint
from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

from handouts.pdf.weasyprint_patches.columns import search_column_heights
from handouts.pdf.weasyprint_patches.drawings import reuse_lengths, reuse_paths
from handouts.pdf.weasyprint_patches.kept_styles import reuse_styles
from handouts.pdf.weasyprint_patches.laid_out_lines import reuse_laid_out_lines
from handouts.pdf.weasyprint_patches.lines import reuse_lines
from handouts.pdf.weasyprint_patches.page_margins import put_off_margins
from handouts.pdf.weasyprint_patches.painting import multiply_without_loops, skip_missing_borders
from handouts.pdf.weasyprint_patches.tried_blocks import reuse_tried_blocks
from handouts.pdf.weasyprint_patches.used_values import keep_used_values

_VERSION: Final = "70."
# Properties that WeasyPrint computes by special rules.
_SPECIAL: Final = frozenset({"display", "float", "page", "position"})
_SIMPLE: Final = frozenset(
    name for name in INITIAL_VALUES if name not in _SPECIAL and not name.startswith("text_decoration_")
)
_LOGICAL: Final = frozenset(
    function(block="ttb", inline=inline) for function in PHYSICAL_FUNCTIONS.values() for inline in ("ltr", "rtl")
)
_NEVER_MATH: Final = frozenset({str, int, float, type(None)})


@functools.cache
def apply_patches() -> None:
    """Replace functions of WeasyPrint with faster ones with the same results, once per process.

    Raises RuntimeError for a version of WeasyPrint whose functions are others.
    """
    if not weasyprint.VERSION.startswith(_VERSION):
        raise RuntimeError(f"the faster functions are those of WeasyPrint {_VERSION}x, this is {weasyprint.VERSION}")
    search_column_heights()
    reuse_tried_blocks()
    reuse_lines()
    reuse_laid_out_lines()
    keep_used_values()
    reuse_styles()
    put_off_margins()
    reuse_paths()
    reuse_lengths()
    skip_missing_borders()
    multiply_without_loops()
    _reuse_patterns()
    _shorten_style_lookup()


class _Patterns(dict[tuple[Any, bool], re.Pattern[str]]):
    """Patterns that match some characters, or with `opposite` all others."""

    def __missing__(self, key: tuple[Any, bool]) -> re.Pattern[str]:
        characters, opposite = key
        codes = "".join(f"\\x{ord(character):02x}" for character in characters)
        pattern = self[key] = re.compile(f"[{'' if opposite else '^'}{codes}]+")
        return pattern


def _reuse_patterns() -> None:
    """Make tinyhtml5 find the patterns that it stores: it stores them under another key than it looks up."""
    tinyhtml5.inputstream.characters_until_regex = _Patterns()


def _shorten_style_lookup() -> None:
    """Add a short way for the many properties that no rule sets: they are just inherited or initial.

    A document looks up 40,000 of these, which took a tenth of the time of its layout.
    """
    compute = ComputedStyle.__missing__

    def look_up(style: Any, key: str) -> Any:  # noqa: ANN401 - values of CSS are of many types
        cascaded = style.cascaded
        if key in cascaded or key not in _SIMPLE or (key in PHYSICAL_FUNCTIONS and not _LOGICAL.isdisjoint(cascaded)):
            return compute(style, key)
        parent = style.parent_style
        if key in INHERITED and parent is not None:
            value = parent[key]
            if type(value) not in _NEVER_MATH and check_math(value):
                return compute(style, key)
        else:
            value = INITIAL_VALUES[key]
            if key in INITIAL_NOT_COMPUTED:
                value = COMPUTER_FUNCTIONS[key](style, key, value)
        style[key] = value
        return value

    ComputedStyle.__missing__ = look_up
