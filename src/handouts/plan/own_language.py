"""Leaves out of a plan what no patient could read whole: handouts in another language than the practice's texts."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from handouts.language import is_same_language
from handouts.library import Library
from handouts.plan.request import Request, entries

if TYPE_CHECKING:
    from handouts.plan import Planned


def split_by_language(
    planned: Sequence["Planned"], library: Library, request: Request
) -> tuple[tuple["Planned", ...], tuple["Planned", ...]]:
    """Return what stays in the plan and what is left out of it.

    A print in another language than its practice's is left out only if a practice of the project has the language of
    the handout. It stays, to fail with an error, if practice and language were both named, or if nothing else would be
    left: then nobody can have meant another print.
    """
    asked = [request, *entries(library.settings, request)]
    named = {(practice, language) for one in asked for practice in one.practices for language in one.languages}
    languages = {practice.language for practice in library.practices.values()}

    @cache
    def has_practice(language: str) -> bool:
        return any(is_same_language(one, language) for one in languages)

    kept: list[Planned] = []
    left_out: list[Planned] = []
    for item in planned:
        practice, language = item.practice, item.selection.handout.language
        fits = is_same_language(practice.language, language)
        stays = fits or not has_practice(language) or (practice.id, language) in named
        (kept if stays else left_out).append(item)
    return (tuple(kept), tuple(left_out)) if kept else (tuple(planned), ())
