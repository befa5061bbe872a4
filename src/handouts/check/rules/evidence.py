"""Evidence: what a handout says of a treatment or medicine has a source, and no source was retracted."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from handouts.check.markdown_texts import MarkdownText
from handouts.model.library import Citation, Handout, ReferenceEntry
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

UNSOURCED_TREATMENT: Final = Rule(
    code="unsourced-treatment",
    severity=Severity.ERROR,
    title="a handout on a treatment or medicine cites no source",
    why="Nobody can check what it says of benefits, risks and doses. A release refuses it.",
    source="DISCERN, question 4 (https://jech.bmj.com/content/53/2/105); PIF TICK criteria (https://piftick.org.uk)",
    message='"{handout}" is on a treatment or medicine ("{words}") and cites no source',
    hint="cite what it is based on: [@id]",
)
RETRACTED_SOURCE: Final = Rule(
    code="retracted-source",
    severity=Severity.ERROR,
    title="a cited source was retracted",
    why="Its authors or its journal no longer stand by it. A release refuses it.",
    source="ICMJE, Recommendations, Scientific Misconduct, Expressions of Concern, and Retraction (https://www.icmje.org)",
    message='the source "{key}" was retracted',
    hint="cite another source, and correct what was based on this one",
)
RULES: Final = (UNSOURCED_TREATMENT, RETRACTED_SOURCE)

# An amount of a medicine, in any language; and to take one, in English and Spanish. To drink 250 mL is no treatment,
# nor is it to bring a list of medicines.
_AMOUNT: Final = re.compile(r"\d ?(?:mg|mcg|[\u00b5\u03bc]g|IU)(?!\w)")
_MEDICINE: Final = (
    r"(?:medicines?|medications?|tablets?|pills?|capsules?|doses?|injections?|drops|syrup|insulin|antibiotics?|inhalers?"
    r"|steroids?|painkillers?|ibuprofen|aspirin|paracetamol|acetaminophen|medicamentos?|pastillas?|comprimidos?"
    r"|tabletas?|c\u00e1psulas?|dosis|gotas|jarabe|insulina|antibi\u00f3ticos?)"
)
_TAKING: Final = re.compile(
    rf"\b(?:take|takes|taking|inject|swallow|inhale|tome|tomar)\b(?![^.!?\n]*\blist\b)[^.!?\n]{{0,60}}?\b{_MEDICINE}\b",
    re.IGNORECASE,
)
_RETRACTED_TITLE: Final = re.compile(
    r"\W*(?:retracted|withdrawn)\b(?:\W*article)?\s*[:\])-]|.*\[(?:retracted|withdrawn)\b"
    r"|\W*retraction(?: (?:note|notice)\b|\s*:)",
    re.IGNORECASE,
)


def check_evidence(handout: Handout, texts: Iterable[MarkdownText], problems: Problems) -> None:
    """Report a handout on a treatment or medicine that cites nothing."""
    if any(isinstance(mark, Citation) for body in handout.bodies for mark in body.marks):
        return
    words = "treatment:" if handout.front.treatment else _find_medicine(handout, texts)
    if words:
        place = handout.front_at.get(("treatment",), handout.place)
        problems.add(UNSOURCED_TREATMENT.at(place, handout=handout.id, words=words))


def check_retractions(references: Mapping[str, ReferenceEntry], cited: Collection[str], problems: Problems) -> None:
    """Report cited sources that have a notice of retraction, or whose title says so as in PubMed."""
    for key, entry in references.items():
        reference = entry.reference
        if key in cited and (reference.retraction or _RETRACTED_TITLE.match(reference.title or "")):
            problems.add(RETRACTED_SOURCE.at(entry.place, key=key))


def _find_medicine(handout: Handout, texts: Iterable[MarkdownText]) -> str:
    """Return the first words of a handout that are about a medicine; empty if there are none."""
    front = handout.front
    all_texts = [front.title, front.main_message, *front.actions, *(text.words for text in texts)]
    found = (pattern.search(text) for text in all_texts for pattern in (_AMOUNT, _TAKING))
    match = next(filter(None, found), None)
    return match.group() if match else ""
