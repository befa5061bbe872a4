"""All rules at work: what they find in handouts, practices, inserts and references."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from handouts.check.accessibility import accessibility_findings, language_findings
from handouts.check.citations import citation_findings
from handouts.check.currency import currency_findings
from handouts.check.passages import handout_passages, insert_passages
from handouts.check.placeholders import handout_placeholders
from handouts.check.practices import practice_findings
from handouts.check.treatment import treatment_findings
from handouts.edition import formats
from handouts.library import Body, Citation, Handout, Library, Practice
from handouts.problem import Problem
from handouts.schema.settings import Settings


def of_handout(root: Path, handout: Handout, settings: Settings, today: dt.date) -> Iterator[Problem]:
    """Report on one handout."""
    yield from currency_findings(handout, settings.checks, today)
    yield from treatment_findings(handout)
    yield from language_findings(handout)
    yield from handout_placeholders(handout)
    passages = handout_passages(root, handout)
    yield from citation_findings(passages, handout.notes)
    yield from accessibility_findings(passages)


def of_practice(root: Path, practice: Practice, settings: Settings) -> Iterator[Problem]:
    """Report on one practice and its inserts."""
    yield from practice_findings(practice, [format_.settings.contrast for format_ in formats(settings).values()])
    for insert in practice.inserts:
        passages = insert_passages(root, insert)
        yield from citation_findings(passages, insert.notes)
        yield from accessibility_findings(passages)


def cited_by(handout: Handout) -> frozenset[str]:
    """Give the keys of all sources that a handout cites."""
    bodies = [*(section.body for section in handout.sections), *(block.body for block in handout.blocks)]
    return _cited([*bodies, *handout.notes.values()])


def cited_in_inserts(practice: Practice) -> frozenset[str]:
    """Give the keys of all sources that the inserts of a practice cite."""
    return _cited([body for insert in practice.inserts for body in (insert.body, *insert.notes.values())])


def _cited(bodies: list[Body]) -> frozenset[str]:
    marks = (mark for body in bodies for mark in body.marks)
    return frozenset(key for mark in marks if isinstance(mark, Citation) for key in mark.keys)


def is_whole(library: Library) -> bool:
    """Tell whether everything of a project could be read."""
    return not (library.broken_handouts or library.broken_practices)
