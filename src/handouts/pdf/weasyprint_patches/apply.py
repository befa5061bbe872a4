"""WeasyPrint made quicker: what it does again and again with the same result, it does once."""

import functools

from handouts.pdf.weasyprint_patches.drawings import remember_drawings, remember_paths
from handouts.pdf.weasyprint_patches.lines import remember_lines
from handouts.pdf.weasyprint_patches.parsing import remember_patterns, remember_values
from handouts.pdf.weasyprint_patches.styles import shorten_styles


@functools.cache
def quicken() -> None:
    """Replace functions of WeasyPrint by others with the same results, once in a process."""
    remember_lines()
    remember_drawings()
    remember_paths()
    remember_patterns()
    remember_values()
    shorten_styles()
