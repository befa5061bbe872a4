"""All rules at work: what they find in handouts, practices, inserts and references."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handouts.check.passages import handout_passages, insert_passages
from handouts.check.plain_language.plain_language import WordList, plain_language, plain_language_of_insert
from handouts.check.rules.accessibility import accessibility_findings, language_findings
from handouts.check.rules.citations import citation_findings
from handouts.check.rules.currency import currency_findings
from handouts.check.rules.placeholders import handout_placeholders, passage_placeholders
from handouts.check.rules.practices import practice_findings
from handouts.check.rules.treatment import treatment_findings
from handouts.language.tags import is_same_language
from handouts.model.edition import formats
from handouts.model.library import Body, Citation, Handout, Insert, Library, Practice
from handouts.problems.problem import Problem
from handouts.schema.settings import Settings


@dataclass(frozen=True, slots=True)
class Basis:
    """What all rules look with: where files are, what is asked for, the day, and the words of each language."""

    root: Path
    settings: Settings
    today: dt.date
    words: Mapping[str, WordList]


def of_handout(basis: Basis, handout: Handout) -> Iterator[Problem]:
    """Report on one handout."""
    settings = basis.settings
    yield from currency_findings(handout, settings.checks, basis.today)
    yield from treatment_findings(handout)
    yield from language_findings(handout)
    passages = handout_passages(basis.root, handout)
    yield from handout_placeholders(handout, passages)
    yield from citation_findings(passages, handout.notes)
    yield from accessibility_findings(passages)
    yield from plain_language(handout, settings.checks.plain_language, basis.words[handout.language])


def of_practice(basis: Basis, practice: Practice, handouts: Iterable[Handout]) -> Iterator[Problem]:
    """Report on one practice and its inserts; `handouts` are all that there are."""
    yield from of_profile(basis, practice)
    every = tuple(handouts)
    for insert in practice.inserts:
        yield from of_insert(basis, insert, practice.language, every)


def of_profile(basis: Basis, practice: Practice) -> Iterator[Problem]:
    """Report on the profile of a practice."""
    yield from practice_findings(practice, [format_.settings.contrast for format_ in formats(basis.settings).values()])


def of_insert(basis: Basis, insert: Insert, language: str, handouts: Iterable[Handout]) -> Iterator[Problem]:
    """Report on an insert that is written in a language; `handouts` are all that there are."""
    hosts = [handout for handout in handouts if handout.id == insert.handout]
    host = next((handout for handout in hosts if is_same_language(handout.language, language)), next(iter(hosts), None))
    if host:
        yield from plain_language_of_insert(
            insert, host, basis.settings.checks.plain_language, basis.words[host.language]
        )
    passages = insert_passages(basis.root, insert)
    yield from passage_placeholders(passages, host.front.abbreviations if host else ())
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
