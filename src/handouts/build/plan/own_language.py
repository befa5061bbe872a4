"""Leaves handouts out of a plan if their language differs from that of the practice's texts."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar

from handouts.build.plan.request import Request, expand_set
from handouts.language.tags import is_same_language
from handouts.model.library import Library

_Item = TypeVar("_Item")


def split_by_language(
    items: Iterable[_Item],
    pair_of: Callable[[_Item], tuple[str, str]],
    library: Library,
    request: Request,
    *,
    has_others: bool = False,
) -> tuple[tuple[_Item, ...], tuple[_Item, ...]]:
    """Return which outputs stay in the plan of a request and which are left out of it.

    `pair_of` returns the practice and the language of an output. One in another language than its practice's is left
    out only if a practice of the project has that language. It stays, and fails with an error, if practice and
    language were both named, or if nothing else would be left: then it must be the print that was requested, unless
    the plan `has_others`. The language of a practice with errors is not known, so its outputs stay.
    """
    requests = [request, *expand_set(library.settings, request)]
    named = {(practice, language) for entry in requests for practice in entry.practices for language in entry.languages}
    languages = {one.language for practice in library.practices.values() for one in practice.in_all_languages}

    @cache
    def stays(practice: str, language: str) -> bool:
        if practice not in library.practices or (practice, language) in named:
            return True
        has_practice = any(is_same_language(other, language) for other in languages)
        own = library.practices[practice]
        has_some = is_same_language(own.in_language(language).language, language) or own.find_incomplete(language)
        return not has_practice or bool(has_some)

    staying: list[_Item] = []
    left_out: list[_Item] = []
    for item in items:
        (staying if stays(*pair_of(item)) else left_out).append(item)
    return (tuple(staying), tuple(left_out)) if staying or has_others else (tuple(left_out), ())
