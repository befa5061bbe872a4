"""Rules for laid-out pages and finished PDF files.

They are not in the modules that report them, because those import WeasyPrint, which the registry of rules must not
load.
"""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_LAYOUT: Final = (
    "UKAAF, Creating clear print and large print documents, G003 (2019) (https://www.ukaaf.org); typographers' usage"
)
_DOSES: Final = (
    "Design guide for medication lines, wrapping, MEDi-010 and MEDi-021 "
    "(http://www.mscui.com/DesignGuide/QuickGuides/MedicationLine/formatlayout/wrapping.aspx); UKAAF, G003 (2019)"
)
_TYPE_SIZE: Final = (
    "Danish Medicines Agency, font size of package leaflets: 9 points at least "
    "(https://laegemiddelstyrelsen.dk/en/news/2025/electronic-leaflets-for-veterinary-medicinal-products-have-too-"
    "small-font-size); APH, large print guide: 18 points (https://www.aph.org)"
)
_LINE_LENGTH: Final = (
    "R. Bringhurst, The Elements of Typographic Style (http://responsivemeasure.com/examples/bringhurst.html)"
)
_SAFE: Final = "docs/practices.md: what no template and no style sheet can leave out"

ENGINE_ERROR: Final = Rule(
    "engine-error",
    Severity.ERROR,
    title="the PDF engine could not do something that a template or style sheet wants",
    why="Part of the page is missing, or a link leads nowhere.",
    source=_SAFE,
    message="WeasyPrint reports: {detail}",
    hint="fix it in the template or style sheet that it comes from",
)
EMPTY_PICTURE: Final = Rule(
    "empty-picture",
    Severity.ERROR,
    title="a logo or figure shows nothing on white paper",
    why="Readers miss what it should tell them, and nobody sees that it is missing.",
    source=_LAYOUT,
    message="the {what} {file} draws nothing that can be seen on white paper",
    hint="use dark colors, or add a dark background to the picture, and keep the drawing within its frame",
)
SMALL_IN_FRAME: Final = Rule(
    "small-in-frame",
    Severity.WARNING,
    title="a logo or figure is small within its own empty frame",
    why="It is printed too small to be recognized.",
    source=_LAYOUT,
    message=(
        "the {what} {file} is almost empty: its drawing covers {width:.0%} of its width and {height:.0%} of its height"
    ),
    hint="cut off the empty space around it",
)
DRAWN_AS_PICTURE: Final = Rule(
    "drawn-as-picture",
    Severity.WARNING,
    title="a drawing is printed as a picture, because the PDF engine would draw it wrong",
    why="It is as sharp as the printer, but not if it is printed larger than it is in these formats.",
    source="SVG 2 (https://www.w3.org/TR/SVG2); https://doc.courtbouillon.org/weasyprint/stable/api_reference.html#svg",
    message="the {what} {file} has effects that the PDF engine lacks: it is printed as a picture of 600 dots per inch",
    hint="nothing needs to be done; without masks, filters, clip rules and gradients of lines it would stay a drawing",
)
UNUSABLE_PAGE: Final = Rule(
    "unusable-page",
    Severity.ERROR,
    title="a page without room for text, or of infinite size",
    why="Nothing can be printed on it.",
    source=_LAYOUT,
    message="page {page} is {width:g} x {height:g} points, with {room:g} x {depth:g} points for text",
    hint="set the size and the margins of @page in the style sheet to those of paper",
)
HIDDEN_TEXT: Final = Rule(
    "hidden-text",
    Severity.ERROR,
    title="text that must be on every print cannot be seen",
    why="Safety information that is white on white, covered, tiny or cut off is as good as left out.",
    source="WCAG 2.2, 1.4.3 (https://www.w3.org/TR/WCAG22/#contrast-minimum); docs/practices.md",
    message="{spot}: {text} cannot be seen on the finished page",
    hint="look for what hides it in the style sheet: color, opacity, size, transform, or a box over it",
)
UNUSABLE_NUMBER: Final = Rule(
    "unusable-number",
    Severity.ERROR,
    title="a length, angle or scale that is infinite or far out of range",
    why="Viewers and printers leave out different parts of such a page.",
    source="PDF 2.0 (ISO 32000-2), 7.3.3, numeric objects",
    message="a style sheet or drawing leads to the number {number} in the file, which printers cannot use",
    hint="look for very large, very small or missing numbers in transforms, lengths and gradients",
)
LOW_RESOLUTION: Final = Rule(
    "low-resolution",
    Severity.WARNING,
    title="a picture has too few pixels for its size",
    why="It is printed a little blurred.",
    source=_LAYOUT,
    message=(
        "{spot}: the picture has {columns} x {rows} pixels and is printed {width:.1f} x {height:.1f} in: "
        "{density} pixels per inch"
    ),
    hint="it needs at least {needed_columns} x {needed_rows} pixels; a drawing (SVG) is always sharp",
)
BLURRED_PICTURE: Final = Rule(
    "blurred-picture",
    Severity.ERROR,
    title="a picture has far too few pixels for its size: fewer than 100 per inch",
    why="It is printed blurred.",
    source=_LAYOUT,
    message=LOW_RESOLUTION.message,
    hint=LOW_RESOLUTION.hint,
)
OVERFLOW: Final = Rule(
    "overflow",
    Severity.ERROR,
    title="text or a picture runs over the edge of its page",
    why="It is cut off when printed.",
    source=_LAYOUT,
    message="{spot}: {text} runs over the edge",
    hint="shorten it, or crop the code or picture",
)
MARGIN_OVERFLOW: Final = Rule(
    "margin-overflow",
    Severity.ERROR,
    title="text does not fit in the margin of its page",
    why="Office printers cut it off.",
    source=_LAYOUT,
    message="{spot}: {text} does not fit in the margin of the page",
    hint="shorten it, or give it more room in the style sheet",
)
COLUMN_OVERFLOW: Final = Rule(
    "column-overflow",
    Severity.ERROR,
    title="a word is wider than its column",
    why="It is printed over what stands beside it.",
    source=_LAYOUT,
    message="{spot}: {text} is wider than its column",
    hint="use a shorter word, or leave this out of this format: words and amounts are never broken",
)
WIDE_TABLE: Final = Rule(
    "wide-table",
    Severity.ERROR,
    title="a table is wider than its page or column",
    why="Its last columns are cut off, or printed over what stands beside them.",
    source=_LAYOUT,
    message="{spot}: the table is {inches:.1f} in too wide, from {text} on",
    hint="use shorter words, fewer columns or a list instead; or leave it out of this format",
)
OVERLAP: Final = Rule(
    "overlap",
    Severity.ERROR,
    title="text is printed over other text",
    why="Neither can be read.",
    source=_LAYOUT,
    message="{spot}: {first} and {second} are printed over one another",
    hint="shorten one of them, or give them more room in the style sheet",
)
SPLIT_WORD: Final = Rule(
    "split-word",
    Severity.ERROR,
    title="a word or number is broken over two lines",
    why="Half a number is another dose, and half a name another medicine.",
    source=_DOSES,
    message='{spot}: one word is split over two lines: "{end}" and "{start}"',
    hint="shorten the text around it, and let no style sheet break words (overflow-wrap, word-break, hyphens)",
)
SPLIT_AMOUNT: Final = Rule(
    "split-amount",
    Severity.ERROR,
    title="a number is on another line than its unit, or a range, time or phone number is broken",
    why="A number without its unit is read as another dose.",
    source=_DOSES,
    message='{spot}: "{end}" and "{start}" are on different lines, but belong together',
    hint="keep `.amount {{ white-space: nowrap }}` in the style sheet, and write the amount as one text",
)
NO_PANEL: Final = Rule(
    "no-panel",
    Severity.ERROR,
    title="text for a panel that the leaflet does not have",
    why="It would be on no page.",
    source=_LAYOUT,
    message="there is text on {page}, which is not a panel of the leaflet",
    hint="set its `page` property in the style sheet to one of: {panels}",
)
OVERFULL: Final = Rule(
    "overfull",
    Severity.ERROR,
    title="more text than fits on the leaflet or page",
    why="What does not fit would be missing.",
    source=_LAYOUT,
    message="the text is {lines} too long for {panel}{despite}{start}",
    hint="{remedy}",
)
SET_SMALLER: Final = Rule(
    "set-smaller",
    Severity.WARNING,
    title="text was set smaller to fit",
    why="Smaller type is harder to read.",
    source=_LAYOUT,
    message="to fit its panels, the text is set smaller: {properties}",
)
SHORT_BOOKLET: Final = Rule(
    "short-booklet",
    Severity.WARNING,
    title="the text is too short for a booklet",
    why="Most of the sheet is covers and empty pages, and what does not fill a booklet is easier to read on one page.",
    source=_LAYOUT,
    message="the booklet has {count} pages, of which two are its covers",
    hint="print the format one-page or handout instead",
)
MISSING_GLYPH: Final = Rule(
    "missing-glyph",
    Severity.ERROR,
    title="no font has a letter",
    why="A box would be printed in its place.",
    source=_LAYOUT,
    message="{spot}: no font has {letters}, so a box would be printed",
    hint="write it another way, or add a font that has it",
)
INVISIBLE_TEXT: Final = Rule(
    "invisible-text",
    Severity.ERROR,
    title="a font has letters without outlines",
    why="Nothing would be printed in their place.",
    source=_LAYOUT,
    message='{spot}: the font "{font}" prints nothing for {letters}',
    hint="use another copy of the font, or another font",
)
FALLBACK_FONT: Final = Rule(
    "fallback-font",
    Severity.WARNING,
    title="a letter is set in another font",
    why="The word looks broken, and may be misread.",
    source=_LAYOUT,
    message='{spot}: the font "{font}" lacks {letters}, so "{substitute}" is printed',
    hint="use a font that has them, or write them another way",
)
HEADING_AT_PAGE_END: Final = Rule(
    "heading-at-page-end",
    Severity.WARNING,
    title="a heading has no text below it",
    why="Readers look for the answer on the wrong page.",
    source=_LAYOUT,
    message="{spot}: the heading {text} has no text below it",
    hint="keep it with its text (break-after: avoid), or shorten the text above",
)
LONE_LINE: Final = Rule(
    "lone-line",
    Severity.WARNING,
    title="one line of a paragraph stands alone on a page",
    why="It is easily overlooked.",
    source=_LAYOUT,
    message="{spot}: one line of a paragraph stands alone at the {end}: {text}",
    hint="change the length of the text, or keep two lines together (orphans, widows)",
)
LIST_APART: Final = Rule(
    "list-apart",
    Severity.WARNING,
    title="a list is separated from the line that leads up to it",
    why="Readers do not know what it is a list of.",
    source=_LAYOUT,
    message="{spot}: the list is separated from the line that leads up to it, {text}",
    hint="keep them together (break-after: avoid), or shorten the text above",
)
SHORT_LAST_PAGE: Final = Rule(
    "short-last-page",
    Severity.WARNING,
    title="the last page is almost empty",
    why="A sheet of paper for a few lines, which get lost.",
    source=_LAYOUT,
    message="{spot}: only {filled:.0%} of the last page is filled",
    hint="shorten the text by {lines}, or leave out a section",
)
HOLE: Final = Rule(
    "hole",
    Severity.WARNING,
    title="a large part of a column or page is empty, though more follows",
    why="It looks as if the text ended there, and costs paper.",
    source=_LAYOUT,
    message="page {page}: {share:.0%} of a column is empty before {text}",
    hint="move the figure or block that follows to after the next paragraph, or let it be split (break-inside)",
)
CONTACT_ALONE: Final = Rule(
    "contact-alone",
    Severity.WARNING,
    title="the contact panel stands alone on a page",
    why="A page with phone numbers alone is easily lost, and takes a sheet of paper.",
    source=_LAYOUT,
    message="{spot}: there is nothing but the contact panel on the page",
    hint="shorten the text, or leave out a section",
)
SMALL_TYPE: Final = Rule(
    "small-type",
    Severity.ERROR,
    title="type is smaller than its format promises",
    why="People who need the format for its size cannot read it.",
    source=_TYPE_SIZE,
    message="{spot}: {text} is printed in {size:g} point; this format promises at least {least:g} point",
    hint="set it larger in the style sheet; or change smallest_type, if the format is your own",
)
LINE_LENGTH: Final = Rule(
    "line-length",
    Severity.WARNING,
    title="lines of the text are too long or too short",
    why="The eye loses the next line if lines are long, and stops too often if they are short.",
    source=_LINE_LENGTH,
    message="{spot}: lines of the text have {length} characters on average; {least} to {most} are easy to read",
    hint="change the width of the column or the size of the type in the style sheet",
)
NEAR_EDGE: Final = Rule(
    "near-edge",
    Severity.WARNING,
    title="text stands near an edge or a fold",
    why="Office printers cut off 4 to 5 mm, and letters on a fold are hard to read.",
    source=_LAYOUT,
    message="{spot}: {text} stands {inches:.2f} in from the edge",
    hint="keep text 0.25 in (18 pt) from edges and folds",
)
NOT_FOR_PRESS: Final = Rule(
    "not-for-press",
    Severity.ERROR,
    title="a file that a print shop would send back",
    why="It would be printed in wrong colors, or not at all.",
    source=_SAFE,
    message="not for the press: {reason}",
    hint="print shops need PDF/X-4, with a title and without color profiles of its own",
)
RULES: Final = (
    ENGINE_ERROR,
    EMPTY_PICTURE,
    SMALL_IN_FRAME,
    DRAWN_AS_PICTURE,
    UNUSABLE_PAGE,
    HIDDEN_TEXT,
    UNUSABLE_NUMBER,
    LOW_RESOLUTION,
    BLURRED_PICTURE,
    OVERFLOW,
    MARGIN_OVERFLOW,
    COLUMN_OVERFLOW,
    WIDE_TABLE,
    OVERLAP,
    SPLIT_WORD,
    SPLIT_AMOUNT,
    NO_PANEL,
    OVERFULL,
    SET_SMALLER,
    SHORT_BOOKLET,
    MISSING_GLYPH,
    INVISIBLE_TEXT,
    FALLBACK_FONT,
    HEADING_AT_PAGE_END,
    LONE_LINE,
    LIST_APART,
    SHORT_LAST_PAGE,
    HOLE,
    CONTACT_ALONE,
    SMALL_TYPE,
    LINE_LENGTH,
    NEAR_EDGE,
    NOT_FOR_PRESS,
)
