"""Handouts on a treatment: what patients need to decide on it, and safety information wherever a benefit is named."""

import re
from typing import Final

from handouts.model.library import Block, Handout
from handouts.numbering.select import select
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.front_matter import Treatment

_DISCERN: Final = "DISCERN, questions 9 to 14 (https://jech.bmj.com/content/53/2/105)"

_INCOMPLETE: Final = Rule(
    code="treatment-incomplete",
    severity=Severity.WARNING,
    title="a handout on a treatment lacks benefits, risks, no treatment or other options",
    why="Patients can only decide on it if they know what it can do, what can go wrong, and what else there is.",
    source=_DISCERN,
    message='"treatment" names no section that says {subject}',
    hint="write a section on it, and name it here: {topic}: [its-id]",
)
NO_SAFETY_BLOCK: Final = Rule(
    code="no-safety-block",
    severity=Severity.ERROR,
    title="a section on benefits can be printed without safety information",
    why="Printed alone, that section would name the benefits without the risks.",
    source="21 CFR 202.1(e)(5)(ii), fair balance (https://www.ecfr.gov/current/title-21/section-202.1); DISCERN, "
    "question 11",
    message='the section "{section}" is on benefits, and no important block is printed with it',
    hint="add an important block{attribute}",
)
_UNDECLARED: Final = Rule(
    code="treatment-undeclared",
    severity=Severity.WARNING,
    title="a handout has a block on risks, but does not say that it is on a treatment",
    why="Without that, it is not checked for benefits, risks, no treatment and other options.",
    source=_DISCERN,
    message='the block "{block}" is on risks, so the handout is on a treatment',
    hint="add treatment: with benefits, risks, no_treatment and other_options to the front matter",
)
RULES: Final = (_INCOMPLETE, NO_SAFETY_BLOCK, _UNDECLARED)

_TOPICS: Final = {
    "benefits": "what it can do for the patient",
    "risks": "what can go wrong",
    "no_treatment": "what happens without treatment",
    "other_options": "which other treatments there are",
}
_RISK_WORDS: Final = re.compile(r"\b(risks?|complications?|side effects?)\b", re.IGNORECASE)


def check_treatment(handout: Handout, problems: Problems) -> None:
    """Check that a handout on a treatment covers all topics, and prints no benefit without an important block."""
    treatment = handout.front.treatment
    if treatment is None:
        blocks = (block for block in handout.blocks if block.always_with and _RISK_WORDS.search(_join_markdown(block)))
        if block := next(blocks, None):
            problems.add(_UNDECLARED.at(block.place, block=block.id))
        return
    _check_topics(handout, treatment, problems)
    _check_safety_blocks(handout, treatment, problems)


def _check_topics(handout: Handout, treatment: Treatment, problems: Problems) -> None:
    treatment_place = handout.front_at.get(("treatment",), handout.place)
    for topic, subject in _TOPICS.items():
        if not getattr(treatment, topic):
            place = handout.front_at.get(("treatment", topic), treatment_place)
            problems.add(_INCOMPLETE.at(place, subject=subject, topic=topic))


def _check_safety_blocks(handout: Handout, treatment: Treatment, problems: Problems) -> None:
    benefits = {*treatment.benefits}
    for part in handout.parts:
        for section in part.sections:
            if benefits & {section.id, part.id} and not select(handout, [section.id]).important:
                attribute = f' with always-with="{part.id}"' if part.id else ""
                problems.add(NO_SAFETY_BLOCK.at(section.place, section=section.id, attribute=attribute))


def _join_markdown(block: Block) -> str:
    return " ".join(token.content for token in block.body.tokens if token.type == "inline")
