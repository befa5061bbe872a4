"""The rules on notations of doses; all follow the lists of ISMP and of the Joint Commission."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_ISMP: Final = (
    "ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (2021), "
    "https://www.ismp.org/recommendations/error-prone-abbreviations-list"
)
_JOINT_COMMISSION: Final = (
    "Joint Commission, Official Do Not Use List, https://www.jointcommission.org/facts_about_do_not_use_list/"
)
_USP: Final = (
    "USP General Chapter 17, Prescription Container Labeling, as in https://nap.nationalacademies.org/read/12975"
)
_AUSTRALIA: Final = (
    "Australian Commission on Safety and Quality in Health Care, Recommendations for terminology, abbreviations and "
    "symbols used in medicines documentation (2016)"
)
_WRITE: Final = "write {safe}"

TRAILING_ZERO: Final = Rule(
    code="trailing-zero",
    severity=Severity.ERROR,
    title="a dose ends with a decimal point and a zero",
    why="If the point is not seen, 5.0 mg is read as 50 mg: ten times the dose. Results of tests and sizes may keep "
    "their zeros.",
    source=f"{_JOINT_COMMISSION}; {_ISMP}",
    message='"{found}" can be read as ten times the dose',
    hint=_WRITE,
)
NAKED_DECIMAL: Final = Rule(
    code="naked-decimal",
    severity=Severity.ERROR,
    title="a dose starts with a decimal point",
    why="If the point is not seen, .5 mg is read as 5 mg: ten times the dose.",
    source=f"{_JOINT_COMMISSION}; {_ISMP}",
    message='"{found}" can be read as a dose without a decimal point',
    hint=_WRITE,
)
DOSE_UNIT: Final = Rule(
    code="dose-unit",
    severity=Severity.ERROR,
    title="the unit of a dose is an abbreviation that is often misread",
    why="U is read as 0 or 4, which makes the dose ten times as high; IU as IV or 10, \u00b5g as mg, and cc as U.",
    source=f"{_JOINT_COMMISSION} (U, IU); {_ISMP} (\u00b5g, cc)",
    message='the unit in "{found}" is often misread',
    hint=_WRITE,
)
DOSE_ABBREVIATION: Final = Rule(
    code="dose-abbreviation",
    severity=Severity.ERROR,
    title="how often, when or where to take a medicine is an abbreviation",
    why="QD is read as QID (four times a day), HS as half strength, and AD (right ear) as OD (right eye). Patients do "
    "not know Latin.",
    source=f"{_JOINT_COMMISSION} (QD, QOD); {_ISMP}; {_USP} (no Latin); {_AUSTRALIA}",
    message='"{found}" is often misread',
    hint=_WRITE,
)
DRUG_ABBREVIATION: Final = Rule(
    code="drug-abbreviation",
    severity=Severity.ERROR,
    title="the name of a drug is an abbreviation",
    why="MS is read as morphine or magnesium sulfate, and MTX as another drug. Patients do not recognize APAP as "
    "acetaminophen.",
    source=f"{_JOINT_COMMISSION} (MS, MSO4, MgSO4); {_ISMP}",
    message='"{found}" stands for a drug',
    hint="write the whole name: {safe}",
)
DOSE_SYMBOL: Final = Rule(
    code="dose-symbol",
    severity=Severity.ERROR,
    title="a dose or limit has a symbol instead of words",
    why="> and < are taken for each other, and <10 is read as 40; & is read as 2, + as 4, @ as 2, x3d as 3 doses, and "
    "a slash as 1.",
    source=_ISMP,
    message='the symbol in "{found}" is often misread',
    hint=_WRITE,
)
DOSE_NUMBER: Final = Rule(
    code="dose-number",
    severity=Severity.ERROR,
    title="the number of a dose is written in a form that is often misread",
    why="100000 is read as 10,000 or 1,000,000, 1/2 as 1 or 2, Roman numerals as letters, 1:1000 as another strength, "
    "and in English 2,5 mg as 25 mg, and 1.000 mg as 1 mg or as 1,000 mg.",
    source=_ISMP,
    message='"{found}" is often misread',
    hint=_WRITE,
)
LETTER_IN_NUMBER: Final = Rule(
    code="letter-in-number",
    severity=Severity.ERROR,
    title="a number before a unit has a letter in place of a digit",
    why="10 mg with the letter O is read as 1 mg, and a screen reader says so. Such letters come from typing, and from "
    "documents that were scanned.",
    source="ISMP, Misidentification of Alphanumeric Symbols (2014), "
    "https://www.ismp.org/resources/misidentification-alphanumeric-symbols",
    message='"{found}" has a letter in place of a digit',
    hint="{safe}",
)
RUN_TOGETHER_DOSE: Final = Rule(
    code="run-together-dose",
    severity=Severity.ERROR,
    title="the name of a drug runs into its dose",
    why='"Tegretol300 mg" was read as Tegretol 1300 mg: the last letter of the name was taken for a digit.',
    source=_ISMP,
    message='the name runs into the dose in "{found}"',
    hint=_WRITE,
)
UNIT_STYLE: Final = Rule(
    code="unit-style",
    severity=Severity.WARNING,
    title="a unit of a dose has no space before it, a small l for liter, or a full stop after it",
    why="The m of 10mg is read as zeros, the l of ml as 1, and the stop of mg. as 1. Some houses write 10mg on "
    "purpose: they turn this off.",
    source=_ISMP,
    message='the unit in "{found}" can be misread',
    hint=_WRITE,
)
SPOON_DOSE: Final = Rule(
    code="spoon-dose",
    severity=Severity.WARNING,
    title="a dose of liquid medicine is given in spoons",
    why="Spoons at home hold different amounts, so the dose is not exact.",
    source=f"{_AUSTRALIA}: use metric units; {_ISMP}: use the metric system",
    message='"{found}" is not an exact dose',
    hint="write it in mL, for an oral syringe or a dosing cup",
)
WORD_NUMBER_DOSE: Final = Rule(
    code="word-number-dose",
    severity=Severity.WARNING,
    title="the number of a dose is written as a word",
    why="Digits are found and compared with the label of the bottle at a glance.",
    source=f"{_USP}: take 2 tablets, not two",
    message='"{found}" has its number in letters',
    hint="write the number in digits: {safe}",
)
RULES: Final = (
    TRAILING_ZERO,
    NAKED_DECIMAL,
    DOSE_UNIT,
    DOSE_ABBREVIATION,
    DRUG_ABBREVIATION,
    DOSE_SYMBOL,
    DOSE_NUMBER,
    LETTER_IN_NUMBER,
    RUN_TOGETHER_DOSE,
    UNIT_STYLE,
    SPOON_DOSE,
    WORD_NUMBER_DOSE,
)
