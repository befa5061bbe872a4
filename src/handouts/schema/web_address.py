"""Web addresses that can be printed, typed from paper and scanned."""

import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.base import FIELDS_SOURCE, make_rule_error

BAD_ADDRESS: Final = Rule(
    "bad-address",
    Severity.ERROR,
    title="a web address that cannot be printed",
    why="Patients type it from paper, or scan it.",
    source=FIELDS_SOURCE,
    message='invalid web address "{found}"',
    hint="write an address such as https://clinic.example.org",
)
RULES: Final = (BAD_ADDRESS,)

_IN_ADDRESSES: Final = frozenset({"Mn", "Mc", "Pd"})
_MAX_ADDRESS_LENGTH = 300  # a longer one makes a QR code that is too fine for phones


def is_web_address(value: str, longest: int = _MAX_ADDRESS_LENGTH) -> bool:
    """Return whether a text is a web address that can be printed, of at most `longest` characters."""
    # Printable ASCII, letters with their marks, and dashes: no invisible characters, no change of writing direction, no
    # double quotes. No user name before an @ either: people would take it for the site.
    is_plain = all(
        ("!" <= character <= "~" and character not in '"<>\\')
        or character.isalpha()
        or unicodedata.category(character) in _IN_ADDRESSES
        for character in value
    )
    has_form = re.fullmatch(r"(?i:https?)://[^/?#@.]+\.[^/?#@]+([/?#].*)?", value)
    return is_plain and bool(has_form) and len(value) <= longest


def _check_web_address(value: str) -> str:
    if not is_web_address(value):
        raise make_rule_error(BAD_ADDRESS, found=value)
    return value


WebAddress = Annotated[str, AfterValidator(_check_web_address)]
