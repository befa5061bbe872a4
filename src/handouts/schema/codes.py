"""Codes of conditions, tests and medicines in the front matter, by which record systems find a handout."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import AfterValidator, ConfigDict, Field

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.base import Schema, Unprinted, make_rule_error

BAD_CODE: Final = Rule(
    "bad-code",
    Severity.ERROR,
    title="a code that its system cannot have",
    why="Record systems would never find the handout by it, or find it for something else.",
    source="docs/authors.md, codes",
    message='"{code}" is not a code of {system}',
    hint="write a code such as {example}",
)
RULES: Final = (BAD_CODE,)

_NDC_LENGTHS: Final = (5, 4, 2)
_OID: Final = "2.16.840.1.113883.6."
# The tables of Verhoeff's check digit (SNOMED CT Technical Implementation Guide, check digit of identifiers).
_PERMUTE: Final = tuple(map(int, "1576283094"))
_CYCLE: Final = (
    *("0123456789", "1234067895", "2340178956", "3401289567", "4012395678"),
    *("5987604321", "6598710432", "7659821043", "8765932104", "9876543210"),
)


def _is_verhoeff(code: str) -> bool:
    check, permuted = 0, list(range(10))
    for digit in reversed(code):
        check = int(_CYCLE[check][permuted[int(digit)]])
        permuted = [_PERMUTE[value] for value in permuted]
    return check == 0


def _is_mod_10(code: str) -> bool:
    """Return whether the check digit of a LOINC code is right (LOINC Users' Guide, check digits: Mod 10)."""
    digits = [int(digit) for digit in reversed(code.replace("-", ""))]
    doubled = [digit if at % 2 == 0 else sum(divmod(digit * 2, 10)) for at, digit in enumerate(digits)]
    return sum(doubled) % 10 == 0


@dataclass(frozen=True, slots=True)
class CodeSystem:
    """A system of codes: its title, its OID, the form of its codes, and how their check digit is checked."""

    title: str
    oid: str
    pattern: re.Pattern[str]
    example: str
    has_right_digit: Callable[[str], bool] = lambda _: True


SYSTEMS: Final[Mapping[str, CodeSystem]] = {
    "icd-10-cm": CodeSystem(
        "ICD-10-CM", f"{_OID}90", re.compile(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?"), "M48.5 or M48.50XA"
    ),
    "icd-9-cm": CodeSystem(
        "ICD-9-CM", f"{_OID}103", re.compile(r"(?:\d{3}|V\d{2})(?:\.\d{1,2})?|E\d{3}(?:\.\d)?"), "733.13"
    ),
    "snomed": CodeSystem("SNOMED CT", f"{_OID}96", re.compile(r"[1-9]\d{5,17}"), "311401005", _is_verhoeff),
    "loinc": CodeSystem("LOINC", f"{_OID}1", re.compile(r"\d{1,7}-\d"), "4548-4", _is_mod_10),
    "rxnorm": CodeSystem("RxNorm", f"{_OID}88", re.compile(r"[1-9]\d{0,7}"), "36567"),
    "ndc": CodeSystem(
        "NDC",
        f"{_OID}69",
        re.compile(r"\d{4}-\d{4}-\d{2}|\d{5}-(?:\d{3}-\d{2}|\d{4}-\d{1,2})|\d{11}"),
        "12345-678-90",
    ),
    "cpt": CodeSystem("CPT", f"{_OID}12", re.compile(r"\d{4}[\dFTU]"), "99213"),
}
"""The systems that a handout can have codes of, by the name of their field."""


def _check_code(name: str) -> AfterValidator:
    system = SYSTEMS[name]

    def check(code: str) -> str:
        if not system.pattern.fullmatch(code) or not system.has_right_digit(code):
            raise make_rule_error(BAD_CODE, code=code, system=system.title, example=system.example)
        return code

    return AfterValidator(check)


def _write_field_name(name: str) -> str:
    return name.replace("_", "-")


class Codes(Schema):
    """Codes of what a handout is about, by system."""

    model_config = ConfigDict(alias_generator=_write_field_name)

    icd_10_cm: tuple[Annotated[Unprinted, _check_code("icd-10-cm")], ...] = Field((), description="Diagnoses.")
    icd_9_cm: tuple[Annotated[Unprinted, _check_code("icd-9-cm")], ...] = Field((), description="Old diagnoses.")
    snomed: tuple[Annotated[Unprinted, _check_code("snomed")], ...] = Field((), description="SNOMED CT concepts.")
    loinc: tuple[Annotated[Unprinted, _check_code("loinc")], ...] = Field((), description="Tests.")
    rxnorm: tuple[Annotated[Unprinted, _check_code("rxnorm")], ...] = Field((), description="Medicines.")
    ndc: tuple[Annotated[Unprinted, _check_code("ndc")], ...] = Field((), description="Packages of medicines.")
    cpt: tuple[Annotated[Unprinted, _check_code("cpt")], ...] = Field((), description="Procedures.")

    def list_all(self) -> Iterator[tuple[str, str]]:
        """Yield each code after the name of its system."""
        for name in SYSTEMS:
            values: Any = getattr(self, name.replace("-", "_"))
            yield from ((name, code) for code in values)


def normalize_code(code: str, system: str = "") -> str:
    """Return a code in the form in which codes are compared: letters in capitals and digits, nothing else.

    An NDC with hyphens gets the 11 digits of billing: labeler, product and package of 5, 4 and 2 digits, with zeros in
    front (coderx.io/what-is-ndc11-format).
    """
    parts = code.strip().split("-")
    if system == "ndc" and len(parts) == len(_NDC_LENGTHS):
        code = "".join(part.zfill(length) for part, length in zip(parts, _NDC_LENGTHS, strict=True))
    return re.sub(r"[^0-9A-Z]", "", code.upper())
