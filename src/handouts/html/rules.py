"""Rules that only web pages can break; a separate module, so that the registry loads no font or CSS library."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_PAGES: Final = "docs/practices.md: what no template and no style sheet can leave out"

NOT_ALLOWED: Final = Rule(
    "not-allowed",
    Severity.ERROR,
    title="a web page contains an element or attribute that loads or runs something",
    why="Patients open these pages on their own devices, so a page must not load or run anything.",
    source=_PAGES,
    message="{markup} is not allowed in a web page",
    hint="a web page for patients shows text, pictures and links; remove this from the template",
)
UNUSABLE_LINK: Final = Rule(
    "unusable-link",
    Severity.ERROR,
    title="a link of a web page leads nowhere that patients can reach",
    why="Patients have the page alone, without the other files of the project.",
    source=_PAGES,
    message='patients cannot follow the link to "{address}"',
    hint="link to a web address, an e-mail address (mailto:), a phone number (tel:) or a place on the page (#)",
)
LETTER_WITHOUT_FONT: Final = Rule(
    "letter-without-font",
    Severity.WARNING,
    title="no font of a web page has a letter",
    why="Each device shows it in a font of its own, or as an empty box.",
    source="CSS Fonts Module Level 4, cluster matching (https://www.w3.org/TR/css-fonts-4/#cluster-matching)",
    message='no font of the page has the letter "{letter}" (U+{number:04X})',
    hint="write it another way, or add a font that has it",
)
RULES: Final = (NOT_ALLOWED, UNUSABLE_LINK, LETTER_WITHOUT_FONT)
