"""Formats what follows the title of web pages, databases, recordings, software and data.

AMA Manual of Style 11th ed., 3.14 and 3.15.
"""

import re
from typing import Final

from handouts.ama.books import format_publisher
from handouts.ama.dates import format_date
from handouts.ama.names import format_editors
from handouts.ama.numbers import format_version
from handouts.ama.styled_text import Part, parse_text
from handouts.schema.reference import Reference

_NEWS_RELEASE: Final = re.compile(r"(?:news|press|media) release|press statement", re.IGNORECASE)


def is_news_release(reference: Reference) -> bool:
    """Return whether a reference is a news release, which has a roman title and a day (3.15)."""
    return bool(reference.genre and _NEWS_RELEASE.fullmatch(reference.genre))


def format_page(reference: Reference) -> list[Part]:
    """Return the parts that follow the title of a page, post, recording or entry of a database, one a sentence."""
    site = reference.container_title or reference.collection_title
    names = {name.literal for name in reference.author}
    # The organization is not named again if it is the author, or the website.
    publisher = None if reference.publisher in {site, *names} else reference.publisher
    return [
        parse_text(reference.genre),
        parse_text(format_editors(reference.editor if reference.author else ())),
        parse_text(_format_source(site, reference.number)),
        parse_text(format_version(reference.version)),
        parse_text(publisher),
        parse_text(format_date(reference.issued)),
    ]


def format_post(reference: Reference) -> list[Part]:
    """Return the parts that follow the title of a post, one a sentence."""
    return [parse_text(reference.container_title), parse_text(format_date(reference.issued))]


def format_software(reference: Reference) -> list[Part]:
    """Return the parts that follow the title of a program or app, one a sentence."""
    return [
        parse_text(reference.genre),
        parse_text(format_version(reference.version)),
        parse_text(reference.container_title),
        format_publisher(reference),
    ]


def _format_source(site: str | None, number: str | None) -> str:
    """Return the website, or a registry with its number, as "ClinicalTrials.gov identifier: NCT01234567"."""
    return f"{site} identifier: {number}" if site and number else site or number or ""
