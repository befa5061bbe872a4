"""Values of practices for the fields in handouts: what a build for a practice would refuse is found before."""

from collections.abc import Collection

from handouts.language.tags import is_same_language
from handouts.model.conditions import list_conditions
from handouts.model.field_values import check_fields, list_field_values
from handouts.model.library import Handout, Library, Practice
from handouts.numbering.tailor import tailor
from handouts.problems.collector import Problems


def check_practice_values(
    library: Library, handouts: Collection[Handout], practices: Collection[Practice], problems: Problems
) -> None:
    """Report fields that a practice has no value for, in each of the chosen handouts or for each chosen practice.

    Handouts in a language that a practice has no texts in are not printed for it.
    """
    chosen_handouts = {(handout.id, handout.language) for handout in handouts}
    chosen_practices = {practice.id for practice in practices}
    for handout in library.handouts:
        is_for_all = not list_conditions(handout)
        uses = handout.fields
        is_chosen = (handout.id, handout.language) in chosen_handouts
        for of_project in library.practices.values() if uses else ():
            practice = of_project.in_language(handout.language)
            if is_same_language(practice.language, handout.language) and (is_chosen or practice.id in chosen_practices):
                printed = uses if is_for_all else tailor(handout, practice.id).fields
                check_fields(printed, practice.id, list_field_values(practice.profile), problems)
