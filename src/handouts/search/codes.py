"""Codes that staff type: ICD-10 codes, wider and narrower ones, and the codes printed on handouts."""

import re
from typing import Final, Literal

# A letter and two characters, then up to four more (ICD-10-CM Official Guidelines, section I.A).
_ICD: Final = re.compile(r"[A-Z][0-9][0-9A-Z][0-9A-Z]{0,4}")
_SHORTEST: Final = 3

Relation = Literal["same", "wider", "narrower"]


def is_icd_code(code: str) -> bool:
    """Return whether a normalized text has the form of an ICD-10 code."""
    return _ICD.fullmatch(code) is not None


def compare_icd_codes(typed: str, code: str) -> Relation | None:
    """Return how a code of a handout relates to a typed one, both normalized; None if they are of other diseases.

    M48.5 is wider than M48.50XA, and M48.50XA is narrower than M48.5.
    """
    if typed == code:
        return "same"
    if len(code) >= _SHORTEST and typed.startswith(code):
        return "wider"
    return "narrower" if len(typed) >= _SHORTEST - 1 and code.startswith(typed) else None
