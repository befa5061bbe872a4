"""Handouts on a treatment: what patients need to decide on it, and safety information wherever a benefit is named."""

import re
from collections.abc import Iterator
from typing import Final

from handouts.model.library import Block, Handout
from handouts.numbering.select import select
from handouts.problems.problem import Problem, Severity
from handouts.problems.rule import Rule

_DISCERN: Final = "DISCERN, questions 9 to 14 (https://jech.bmj.com/content/53/2/105)"

_LACKING: Final = Rule(
    "treatment-incomplete",
    Severity.WARNING,
    "a handout on a treatment lacks benefits, risks, no treatment or other options",
    "Patients can only decide on it if they know what it can do, what can go wrong, and what else there is.",
    _DISCERN,
)
_UNSAFE: Final = Rule(
    "no-safety-block",
    Severity.ERROR,
    "a section on benefits can be printed without safety information",
    "Whoever prints that section alone hands out the benefits without the risks.",
    "21 CFR 202.1(e)(5)(ii), fair balance (https://www.ecfr.gov/current/title-21/section-202.1); DISCERN, question 11",
)
_UNDECLARED: Final = Rule(
    "treatment-undeclared",
    Severity.WARNING,
    "a handout has a block on risks, but does not say that it is on a treatment",
    "Then nobody checks whether it names benefits, risks, no treatment and other options.",
    _DISCERN,
)
RULES: Final = (_LACKING, _UNSAFE, _UNDECLARED)

_TOPICS: Final = {
    "benefits": "what it can do for the patient",
    "risks": "what can go wrong",
    "no_treatment": "what happens without treatment",
    "other_options": "which other treatments there are",
}
_RISK_WORDS: Final = re.compile(r"\b(risks?|complications?|side effects?)\b", re.IGNORECASE)


def treatment_findings(handout: Handout) -> Iterator[Problem]:
    """Report what a handout on a treatment does not say, and benefits that no important block comes along with."""
    treatment = handout.front.treatment
    if treatment is None:
        block = next(
            (block for block in handout.blocks if block.always_with and _RISK_WORDS.search(_words(block))), None
        )
        if block:
            hint = "add treatment: with benefits, risks, no_treatment and other_options to the front matter"
            yield _UNDECLARED.found(f'the block "{block.id}" is on risks, so it is on a treatment', block.place, hint)
        return
    whole = handout.front_at.get(("treatment",), handout.place)
    for topic, meaning in _TOPICS.items():
        if not getattr(treatment, topic):
            hint = f"write a section on it, and name it: {topic}: [its-id]"
            place = handout.front_at.get(("treatment", topic), whole)
            yield _LACKING.found(f'"treatment" does not say where the handout tells {meaning}', place, hint)
    claims = {*treatment.benefits}
    for section in handout.sections:
        part = next(part for part in handout.parts if section in part.sections)
        if claims & {section.id, part.id} and not select(handout, [section.id]).blocks:
            hint = f'add an important block with always-with="{part.id}"' if part.id else "add an important block"
            message = f'the section "{section.id}" is on benefits, and no important block comes along with it'
            yield _UNSAFE.found(message, section.place, hint)


def _words(block: Block) -> str:
    return " ".join(token.content for token in block.body.tokens if token.type == "inline")
