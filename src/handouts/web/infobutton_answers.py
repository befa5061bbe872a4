"""What the answers to record systems offer: to staff, who look at it first, and to programs, which may not."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from flask import request

from handouts.infobutton.feed import Feed, Link, make_feed
from handouts.infobutton.matches import Matches, find_matches, find_near
from handouts.infobutton.request import BadRequestError, KnowledgeRequest
from handouts.language.tags import is_same_language
from handouts.model.library import Handout, Practice
from handouts.numbering.tailor import tailor
from handouts.problems.problem import has_errors
from handouts.web.desk import Desk
from handouts.web.handout_warning import find_warning
from handouts.web.print_choice import NotOfferedError, PrintChoice, list_default_sections, require_library
from handouts.web.print_form import read_practice

LINK = "/open"
"""The path that opens a handout by its code."""


def read_practice_of_request(desk: Desk) -> Practice | None:
    """Return the practice of the request. Raises BadRequestError if there is none with its id."""
    library = require_library(desk.live_library.snapshot)
    try:
        return read_practice(library)
    except NotOfferedError:
        raise BadRequestError("there is no practice with this id") from None


def find_for_staff(desk: Desk, lookup: KnowledgeRequest) -> Matches:
    """Return what staff are offered by a link. Raises BadRequestError and NotOfferedError."""
    return _find(desk, lookup, partial(_is_offered, desk))


def find_near_for_staff(desk: Desk, lookup: KnowledgeRequest) -> list[Handout]:
    """Return what staff are offered if nothing matches. Raises as `find_for_staff` does."""
    snapshot = desk.live_library.snapshot
    library, index = require_library(snapshot), desk.catalogs.get_index(snapshot)
    return list(find_near(library, index, lookup, read_practice_of_request(desk), partial(_is_offered, desk)))


def _find(desk: Desk, lookup: KnowledgeRequest, is_offered: Callable[[Handout], bool]) -> Matches:
    snapshot = desk.live_library.snapshot
    library, index = require_library(snapshot), desk.catalogs.get_index(snapshot)
    return find_matches(library, index, lookup, read_practice_of_request(desk), is_offered)


def _is_offered(desk: Desk, handout: Handout) -> bool:
    """Return whether staff get a handout by a link: not a draft, and not out of date."""
    return not find_warning(desk.today(), handout)


def _is_listed(desk: Desk, practice: Practice | None, handout: Handout) -> bool:
    """Return whether programs get a handout, which may give it to a patient before anybody has looked at it.

    Then it also has to be published, reviewed with the texts of its practice in its language, and released if the
    project requires that.
    """
    if not _is_offered(desk, handout) or handout.front.published > desk.today():
        return False
    translations = [handout.front.translation]
    if practice:
        speaking = practice.in_language(handout.language)
        if not is_same_language(speaking.language, handout.language):
            return False
        translations += [speaking.translation[1]] if speaking.translation else []
    return all(one is None or one.is_reviewed for one in translations) and _is_released(desk, practice, handout)


def _is_released(desk: Desk, practice: Practice | None, handout: Handout) -> bool:
    """Return whether the print that a feed leads to is made, as far as that is known before it is laid out."""
    snapshot = desk.live_library.snapshot
    if practice is None:
        return not has_errors(desk.prints.refusals.find_handout_refusals(snapshot, handout))
    sections = tuple(list_default_sections(tailor(handout, practice.id)))
    choice = PrintChoice(practice.id, handout.id, handout.language, sections=sections)
    return not has_errors(desk.prints.refusals.find_refusals(snapshot, choice))


def make_feed_for_programs(desk: Desk, lookup: KnowledgeRequest) -> Feed:
    """Return the feed that answers a request. Raises BadRequestError and NotOfferedError."""
    library = require_library(desk.live_library.snapshot)
    practice = read_practice_of_request(desk)
    base = request.host_url.rstrip("/")

    def link_to(handout: Handout) -> tuple[Link, ...]:
        query = urlencode([("language", handout.language), *([("practice", practice.id)] if practice else [])])
        page = Link(f"{base}{LINK}?handout={handout.id}&{query}", "text/html")
        # A print has the brand of a practice, so there is none before one is known.
        return (page, Link(f"{base}/infobutton/{handout.id}.pdf?{query}", "application/pdf")) if practice else (page,)

    return make_feed(
        lookup,
        _find(desk, lookup, partial(_is_listed, desk, practice)),
        author=practice.profile.name if practice else "this clinic",
        address=f"{base}/",
        today=desk.today(),
        practices=[practice] if practice else list(library.practices.values()),
        link_to=link_to,
    )
