"""Abbreviations of times, routes and drug names that are misread, with the words to write instead.

Each row names the forms as they are written. Forms that are words or names of something else as well only count right
behind an amount, as in "2 drops OD", and not within a line of capitals; some of them also alone in a cell.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handouts.check.doses.context import UNITS
from handouts.check.doses.rules import DOSE_ABBREVIATION, DRUG_ABBREVIATION
from handouts.check.patterns import Found
from handouts.problems.rule import Rule

# (forms, words to write): never anything else in a text for patients.
_TIMES: Final = (
    ("QD qd Q.D. q.d.", "daily"),
    ("QOD qod Q.O.D. q.o.d.", "every other day"),
    ("q1d i/d", "daily"),
    ("QHS qhs q.h.s.", "nightly at bedtime"),
    ("qn", "nightly"),
    ("BID b.i.d. B.I.D.", "twice a day"),
    ("TID tid t.i.d. T.I.D. TDS tds", "3 times a day"),
    ("QID qid q.i.d. Q.I.D. QDS qds", "4 times a day"),
    ("PRN prn p.r.n. P.R.N.", "when needed"),
    ("TIW tiw", "3 times weekly"),
    ("BIW biw", "2 times weekly"),
    ("a.c.", "before meals"),
    ("p.c.", "after meals"),
    ("p.o. P.O.", "by mouth"),
    ("gtt gtts", "drops"),
    ("OJ", "orange juice"),
    ("SubQ subQ subq subcut SQ", "under the skin"),
    ("DC'd D/C D/C'd d/c", "stop, or leave the hospital"),
)
# Only right behind an amount.
_IN_DOSES: Final = (
    ("HS hs", "at bedtime, or half strength"),
    ("SC sc s.c.", "under the skin"),
    ("SL", "under the tongue"),
    ("IJ", "injection"),
    ("PO po", "by mouth"),
    ("OD", "right eye, or daily"),
    ("OS", "left eye"),
    ("OU", "each eye"),
    ("AD", "right ear"),
    ("AS", "left ear"),
    ("AU", "each ear"),
    ("BT", "at bedtime"),
    ("BD bd bid", "twice a day"),
    ("UD ud", "as directed, with the directions"),
    ("STAT stat", "at once"),
    ("SSI", "sliding scale insulin"),
    ("ss", "one half, or sliding scale"),
)
# Alone in a cell of a table, these are nothing else.
_ALONE: Final = frozenset({"HS", "hs", "PO", "po", "SL", "OD", "OS", "OU", "AU", "BD", "STAT"})
_DRUGS: Final = (
    ("MSO4", "morphine sulfate"),
    ("MgSO4", "magnesium sulfate"),
    ("ZnSO4", "zinc sulfate"),
    ("APAP", "acetaminophen"),
    ("HCTZ", "hydrochlorothiazide"),
    ("MTX", "methotrexate"),
    ("AZT", "zidovudine"),
    ("PTU", "propylthiouracil"),
    ("CPZ", "the drug that you mean"),
    ("DTO", "the drug that you mean"),
    ("NoAC NOAC", "the drug that you mean"),
)
_DRUGS_IN_DOSES: Final = (
    ("MS", "morphine sulfate"),
    ("HCT", "the drug that you mean"),
    ("TAC", "triamcinolone"),
    ("T3", "the drug that you mean"),
)
_EVERY_HOURS: Final = re.compile(r"q(?P<n>\d{1,2})(?:h|hr|hrs|\u00b0)", re.IGNORECASE)
_AT_HOUR: Final = re.compile(r"q(?P<n>\d{1,2})(?P<half>[ap]m)", re.IGNORECASE)
_TWO_WORDS: Final = re.compile(r"\b(?:(?P<skin>[Ss]ub[- ][Qq])|(?P<mouth>[Pp]er [Oo]s))\b")
_AROUND: Final = ",;:!?()[]\"'\u201c\u201d\u2018\u2019"
_TOKEN: Final = re.compile(r"\S+")
_AFTER_AMOUNT: Final = re.compile(
    rf"(?:\b(?:{UNITS})|\b(?:it|them|daily|once|twice|medicines?|pills?|tablets?|the shot))[\s,]*\(?$"
)
_AMOUNT_OF: Final = re.compile(
    r"(?:\d\s?(?:mg|mcg|mL|ml|g)(?: of)?|\b(?:[Tt]ake|[Gg]ive|[Ii]nject|doses? of)(?: your| the)?)\s$"
)
_AMOUNT: Final = re.compile(r"\s\d[\d.,]{0,8}\s?(?:mg|mcg|g)\b")
_LETTERS: Final = re.compile(r"[A-Za-z]+")
_NEAR: Final = 25  # characters on both sides in which the words show whether a line is in capitals


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """What to write instead, and whether it only counts right behind an amount."""

    rule: Rule
    safe: str
    in_doses: bool


def _index_forms() -> dict[str, Abbreviation]:
    groups = (
        (DOSE_ABBREVIATION, _TIMES, False),
        (DOSE_ABBREVIATION, _IN_DOSES, True),
        (DRUG_ABBREVIATION, _DRUGS, False),
        (DRUG_ABBREVIATION, _DRUGS_IN_DOSES, True),
    )
    return {
        form: Abbreviation(rule, safe, in_doses)
        for rule, rows, in_doses in groups
        for forms, safe in rows
        for form in forms.split()
    }


_BY_FORM: Final = _index_forms()


def find_abbreviations(text: str) -> Iterator[Found]:
    """Yield each abbreviation of a text."""
    for token in _TOKEN.finditer(text):
        written = token.group().strip(_AROUND)
        form = written if written in _BY_FORM else written.rstrip(".").strip(_AROUND)
        start = token.start() + token.group().find(written)
        found = _BY_FORM.get(form)
        if found and found.rule is DRUG_ABBREVIATION and f"({form})" in text:
            continue  # written out: propylthiouracil (PTU)
        is_whole_cell = form in _ALONE and text.strip() == form
        if found and (not found.in_doses or is_whole_cell or _is_notation(text, start, start + len(form), found.rule)):
            yield Found(found.rule, start, form, found.safe)
        elif form[:1] in {"q", "Q"} and form[1:2].isdigit():
            if at_hour := _AT_HOUR.fullmatch(form):
                yield Found(DOSE_ABBREVIATION, start, form, f"daily at {at_hour['n']} {at_hour['half'].lower()}")
            elif every := _EVERY_HOURS.fullmatch(form):
                yield Found(DOSE_ABBREVIATION, start, form, f"every {every['n']} hours")
    for match in _TWO_WORDS.finditer(text):
        yield Found(DOSE_ABBREVIATION, match.start(), match.group(), "under the skin" if match["skin"] else "by mouth")


def _is_notation(text: str, start: int, end: int, rule: Rule) -> bool:
    """Return whether letters that may be a word or a name are a notation of a dose here: right behind an amount."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    around = _LETTERS.findall(before)[-1:] + _LETTERS.findall(after)[:1]
    is_in_capitals = any(word.isupper() and len(word) > 1 for word in around)
    is_explained = after.startswith(" (")
    if rule is DRUG_ABBREVIATION:
        has_amount = _AMOUNT_OF.search(before) or _AMOUNT.match(after)
    else:
        has_amount = _AFTER_AMOUNT.search(before)
    return bool(has_amount) and not (is_explained or is_in_capitals)
