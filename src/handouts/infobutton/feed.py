"""The feed that answers a request: what it is about, and an entry for each handout (RFC 4287, in Atom's terms)."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from handouts.infobutton.matches import CodeMatch, Matches
from handouts.infobutton.request import KnowledgeRequest
from handouts.language.names import name_language
from handouts.language.tags import is_same_language
from handouts.model.library import Handout, Practice
from handouts.numbering.fields import fill_for_display
from handouts.schema.codes import SYSTEMS

_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:handouts:infobutton")
_LANGUAGE: Final = "en"  # of the texts of the feed itself


@dataclass(frozen=True, slots=True)
class Link:
    """A place where a handout is found, with its media type."""

    href: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Category:
    """A term in a scheme, such as a code in its system; the label is for people."""

    scheme: str
    term: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One handout."""

    id: str
    title: str
    language: str
    updated: str
    summary: str
    links: tuple[Link, ...]
    categories: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """The answer to a request; `categories` repeat the parameters that were used."""

    id: str
    title: str
    subtitle: str
    language: str
    updated: str
    author: str
    address: str
    categories: tuple[Category, ...]
    entries: tuple[Entry, ...]


def make_feed(  # noqa: PLR0913 - one parameter for each part of a feed
    request: KnowledgeRequest,
    matches: Matches,
    *,
    author: str,
    address: str,
    today: dt.date,
    practices: Collection[Practice],
    link_to: Callable[[Handout], tuple[Link, ...]],
) -> Feed:
    """Make the feed of the handouts that match a request.

    `author` is who hands them out, `address` its place, `today` the date of a feed without entries. Texts are filled in
    with the values that the practices share.
    """
    entries = tuple(_make_entry(match, practices, link_to) for match in matches.found)
    parameters = request.list_parameters()
    named = "&".join(f"{name}={value}" for name, value in parameters)
    return Feed(
        id=uuid.uuid5(_NAMESPACE, named).urn,
        title=f"Handouts of {author}",
        subtitle=_describe_matches(request, matches),
        language=_LANGUAGE,
        updated=max((entry.updated for entry in entries), default=_write_time(today)),
        author=author,
        address=address,
        categories=tuple(Category(name, value) for name, value in parameters),
        entries=entries,
    )


def describe_request(request: KnowledgeRequest) -> str:
    """Return what a request looks for, such as "ICD-10-CM M48.50XA, M81.0"."""
    parts = []
    for one in request.criteria:
        title = SYSTEMS[one.system].title if one.system else ""
        parts.append(f"{title} {one.code}".strip() if one.code and one.system is not None else one.words or one.code)
    return ", ".join(dict.fromkeys(parts))


def list_remarks(request: KnowledgeRequest, matches: Matches) -> list[str]:
    """Return a sentence for what is withheld, and one for what is in another language."""
    remarks = []
    if matches.withheld:
        drafts = "1 is a draft" if matches.withheld == 1 else f"{matches.withheld} are drafts"
        remarks.append(f"{drafts}, out of date, not reviewed or not released, and not listed.")
    others = [one.handout.language for one in matches.found if is_other_language(request.language, one.handout)]
    if others:
        named = ", ".join(dict.fromkeys(map(name_language, others)))
        remarks.append(f"Not in {name_language(request.language)}, but in {named}: {len(others)}.")
    return remarks


def _describe_matches(request: KnowledgeRequest, matches: Matches) -> str:
    count = len(matches.found)
    found = f"{count or 'No'} handout{'' if count == 1 else 's'} for {describe_request(request)}."
    return " ".join([found, *list_remarks(request, matches)])


def is_other_language(language: str, handout: Handout) -> bool:
    """Return whether a handout is in another language than the requested one, if any."""
    return bool(language) and not is_same_language(language, handout.language)


def _make_entry(
    match: CodeMatch, practices: Collection[Practice], link_to: Callable[[Handout], tuple[Link, ...]]
) -> Entry:
    handout = fill_for_display(match.handout, practices)
    front = handout.front
    system = SYSTEMS.get(match.system)
    codes = (Category(f"urn:oid:{system.oid}", match.code, f"{system.title} {match.code}"),) if system else ()
    return Entry(
        id=uuid.uuid5(_NAMESPACE, f"{front.code} {handout.id} {handout.language}").urn,
        title=front.title,
        language=handout.language,
        updated=_write_time(front.published),
        summary=front.main_message,
        links=link_to(handout),
        categories=codes,
    )


def _write_time(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
