"""What can be found on pages once they are laid out."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_SAFE: Final = "docs/practices.md: what no template and no style sheet can leave out"
_LAYOUT: Final = (
    "UKAAF, Creating clear print and large print documents, G003 (2019) (https://www.ukaaf.org); typographers' usage"
)
_DOSES: Final = (
    "Design guide for medication lines, wrapping, MEDi-010 and MEDi-021 "
    "(http://www.mscui.com/DesignGuide/QuickGuides/MedicationLine/formatlayout/wrapping.aspx); UKAAF, G003 (2019)"
)

RULES: Final = (
    Rule(
        "empty-picture",
        _ERROR,
        "a logo or figure shows nothing on white paper",
        "Readers miss what it should tell them, and nobody sees that it is missing.",
        _LAYOUT,
    ),
    Rule(
        "small-in-frame",
        _WARNING,
        "a logo or figure is small within its own empty frame",
        "It is printed too small to be recognized.",
        _LAYOUT,
    ),
    Rule(
        "invisible-text",
        _ERROR,
        "a font has letters without outlines",
        "Nothing would be printed in their place.",
        _LAYOUT,
    ),
    Rule(
        "not-for-press",
        _ERROR,
        "a file that a print shop would send back",
        "It would be printed in wrong colors, or not at all.",
        _SAFE,
    ),
    Rule(
        "overflow",
        _ERROR,
        "text, a table or a picture is wider than its page or column",
        "It is cut when printed, or runs into what stands beside it.",
        _LAYOUT,
    ),
    Rule("overlap", _ERROR, "text is printed over other text", "Neither can be read.", _LAYOUT),
    Rule(
        "split-word",
        _ERROR,
        "a word or number is broken over two lines",
        "Half a number is another dose, and half a name another medicine.",
        _DOSES,
    ),
    Rule(
        "split-amount",
        _ERROR,
        "a number is on another line than its unit, or a range, time or phone number is broken",
        "A number without its unit is read as another dose.",
        _DOSES,
    ),
    Rule("no-panel", _ERROR, "text for a panel that the leaflet does not have", "It would be on no page.", _LAYOUT),
    Rule("overfull", _ERROR, "more text than fits on the leaflet", "What does not fit would be missing.", _LAYOUT),
    Rule("set-smaller", _WARNING, "text was set smaller to fit", "Smaller type is harder to read.", _LAYOUT),
    Rule("missing-glyph", _ERROR, "no font has a letter", "A box would be printed in its place.", _LAYOUT),
    Rule(
        "fallback-font",
        _WARNING,
        "a letter is set in another font",
        "The word looks broken, and may be read wrong.",
        _LAYOUT,
    ),
    Rule(
        "low-resolution",
        _WARNING,
        "a picture has too few pixels for its size",
        "It is printed blurred; below 100 pixels per inch it is an error.",
        _LAYOUT,
    ),
    Rule(
        "heading-at-page-end",
        _WARNING,
        "a heading has no text below it",
        "Readers look for the answer on the wrong page.",
        _LAYOUT,
    ),
    Rule("lone-line", _WARNING, "one line of a paragraph stands alone on a page", "It is easily overlooked.", _LAYOUT),
    Rule(
        "list-apart",
        _WARNING,
        "a list is cut from the line that leads up to it",
        "Readers do not know what it is a list of.",
        _LAYOUT,
    ),
    Rule(
        "short-last-page", _WARNING, "the last page is almost empty", "Paper for a few lines, which get lost.", _LAYOUT
    ),
    Rule(
        "near-edge",
        _WARNING,
        "text stands near an edge or a fold",
        "Office printers cut 4 to 5 mm; folds swallow letters.",
        _LAYOUT,
    ),
)
