"""The notice of language assistance in a print: its fonts, and what is to be said about it."""

from collections.abc import Iterable, Iterator
from typing import Final

from handouts.assets.language_fonts import LanguageFont, find_language_font
from handouts.model.edition import Edition
from handouts.model.library import Handout, Practice
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule

_SOURCE: Final = "45 CFR 92.11 (https://www.ecfr.gov/current/title-45/section-92.11); docs/practices.md"
UNCONFIRMED_NOTICE: Final = Rule(
    "unconfirmed-notice",
    Severity.WARNING,
    title="a notice of language assistance that nobody has compared with the government's own files",
    why="The shipped texts are from one public copy. A wrong notice does not meet the rule. A release refuses it.",
    source=_SOURCE,
    message='nobody has compared the notice of language assistance of "{practice}" with the files of HHS',
    hint="compare the texts, correct them in texts:, then add confirmed_by: with the role of the person who did",
)
NOTICE_LEFT_OUT: Final = Rule(
    "notice-left-out",
    Severity.WARNING,
    title="a format has no room for the notice of language assistance",
    why="Some papers have to come with it, such as those for a discharge.",
    source=_SOURCE,
    message='"{format}" does not print the notice of language assistance',
    hint="give it out on a sheet of its own, or print another format",
)
MISSING_NOTICE: Final = Rule(
    "missing-notice",
    Severity.ERROR,
    title="a handout has to come with the notice of language assistance, and a practice has none",
    why="Papers for a procedure or a discharge have to come with it in the United States. A release refuses them.",
    source=_SOURCE,
    message='"{practice}" has no notice of language assistance, but these need it: {handouts}',
    hint="write notices: {{language_assistance: ...}}, in the practice or in the network that it extends",
)
RULES: Final = (UNCONFIRMED_NOTICE, NOTICE_LEFT_OUT, MISSING_NOTICE)

_CLASS: Final = 'class="language-assistance"'


def report_unconfirmed_notice(practice: Practice, problems: Problems) -> None:
    """Report a notice whose texts were not compared with the files of HHS."""
    notices = practice.profile.notices
    if notices and not notices.language_assistance.confirmed_by:
        problems.add(UNCONFIRMED_NOTICE.at(_find_place(practice), practice=practice.id))


def report_missing_notice(handouts: Iterable[Handout], practice: Practice, problems: Problems) -> None:
    """Report a practice in the United States without the notice that some handouts have to come with."""
    if practice.profile.country != "US" or practice.profile.notices:
        return
    names = dict.fromkeys(handout.id for handout in handouts if handout.front.notice == "required")
    if names:
        problems.add(MISSING_NOTICE.at(practice.place, practice=practice.id, handouts=", ".join(names)))


def report_left_out_notice(html: str, practice: Practice, edition: Edition, problems: Problems) -> None:
    """Report a composed page without the notice that its practice has."""
    if practice.profile.notices and _CLASS not in html:
        problems.add(NOTICE_LEFT_OUT.at(_find_place(practice), format=edition.format.name))


def find_notice_fonts(practice: Practice, language: str) -> Iterator[tuple[str, LanguageFont, str]]:
    """Yield language, font and text of each notice that needs another font than a page in a language."""
    notices = practice.profile.notices
    if notices is None:
        return
    for notice in notices.language_assistance.printed:
        font = find_language_font(notice.language, practice.language_fonts)
        if font and font != find_language_font(language, practice.language_fonts):
            yield notice.language, font, notice.before + notices.language_assistance.phone + notice.after


def _find_place(practice: Practice) -> Place:
    return practice.profile_at.get(("notices", "language_assistance"), practice.place)
