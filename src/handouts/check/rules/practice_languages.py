"""Handouts in a language that no practice has its own texts in: none of their prints can be made."""

from collections.abc import Iterable, Iterator

from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.compose.language_check import report_other_language
from handouts.language.tags import is_same_language
from handouts.model.library import Handout, Library
from handouts.numbering.select import ChoiceError
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, error


def practice_language_findings(library: Library, handouts: Iterable[Handout]) -> Iterator[Problem]:
    """Report each language of handouts that no practice has, and each print of a set that is in two languages."""
    languages = {practice.language for practice in library.practices.values()}
    first = {handout.language: handout for handout in reversed(tuple(handouts))}
    unserved = {name for name in first if not any(is_same_language(name, language) for language in languages)}
    for name in sorted(unserved) if languages else ():
        message = (
            f'"{first[name].id}" is in "{name}", but no practice has its own texts in that language: emergency line, '
            "hours, when to call, names of phone numbers"
        )
        hint = f"make a practice that extends another, with language: {name} and these texts in that language"
        yield error("other-language", message, first[name].place, hint)
    seen: set[tuple[str, str]] = set()
    for set_name in library.settings.sets:
        try:
            planned = plan(library, Request(set_name=set_name))
        except ChoiceError:
            continue  # a finding of its own
        for item in planned:
            pair = (item.practice.id, item.selection.handout.language)
            if pair not in seen and pair[1] not in unserved and not is_same_language(item.practice.language, pair[1]):
                seen.add(pair)
                found = Problems()
                report_other_language(item.selection, item.practice, found)
                yield from found
