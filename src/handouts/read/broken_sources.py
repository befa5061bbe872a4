"""Marks handouts and practices as broken by errors elsewhere: in the references, or in the project as a whole."""

from collections.abc import Iterable
from dataclasses import replace

from handouts.model.library import Body, Citation, Library
from handouts.problems.problem import Problem, select_errors


def mark_citing_as_broken(library: Library, errors: tuple[Problem, ...]) -> Library:
    """Move handouts and practices that cite references to the broken ones.

    `errors` are those that keep the list of references from being read; without any, the library is unchanged.
    """
    if not errors:
        return library
    handouts = {(handout.id, handout.language): errors for handout in library.handouts if _has_citation(handout.bodies)}
    practices = {name: errors for name, practice in library.practices.items() if _has_citation(practice.bodies)}
    return replace(
        library,
        handouts=tuple(handout for handout in library.handouts if (handout.id, handout.language) not in handouts),
        practices={name: practice for name, practice in library.practices.items() if name not in practices},
        broken_handouts={**library.broken_handouts, **handouts},
        broken_practices={**library.broken_practices, **practices},
    )


def mark_all_as_broken(library: Library, problems: Iterable[Problem]) -> Library:
    """Return a library in which every handout and practice is broken, by errors of the project as a whole."""
    errors = select_errors(problems)
    handouts = {(handout.id, handout.language): errors for handout in library.handouts}
    return replace(
        library,
        practices={},
        handouts=(),
        broken_handouts={**handouts, **library.broken_handouts},
        broken_practices={**dict.fromkeys(library.practices, errors), **library.broken_practices},
    )


def _has_citation(bodies: Iterable[Body]) -> bool:
    return any(isinstance(mark, Citation) for body in bodies for mark in body.marks)
