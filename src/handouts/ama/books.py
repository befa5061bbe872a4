"""Formats what follows the title of a book, report or contribution to a book (AMA Manual of Style 11th ed., 3.12)."""

import re
from typing import Final

from handouts.ama.dates import format_year
from handouts.ama.names import format_editors, format_translators
from handouts.ama.numbers import add_label, format_edition, format_pages, format_version, format_volume
from handouts.ama.styled_text import Part, Run, parse_text, to_title_case
from handouts.schema.reference import Reference

# Leaflets of a medicine have a roman title, and say what they are (3.13).
_DRUG_LABEL: Final = re.compile(
    r"(?:package insert|(?:full )?prescribing information|patient information|medication guide|instructions for use"
    r"|(?:product|drug) label(?:ing)?|summary of product characteristics|patient package insert)s?",
    re.IGNORECASE,
)


def is_drug_label(reference: Reference) -> bool:
    """Return whether a reference is the printed information of a medicine."""
    return bool(reference.genre and _DRUG_LABEL.fullmatch(reference.genre))


def format_book(reference: Reference) -> list[Part]:
    """Return the parts that follow the title of a book, report, film or leaflet, one a sentence."""
    editors = format_editors(reference.editor if reference.author else ())
    is_report = reference.type in {"report", "standard"}
    shows_genre = is_drug_label(reference) or (
        reference.genre and reference.type in {"motion_picture", "pamphlet", "song"}
    )
    imprint = [
        parse_text(reference.genre if shows_genre else None),
        parse_text(format_volume(reference.volume)),
        parse_text(format_edition(reference.edition)),
        parse_text(format_version(reference.version)),
        parse_text(f"({editors})" if editors else ""),
        parse_text(format_translators(reference.translator)),
        format_publisher(reference),
    ]
    number = f"{reference.genre or ''} {reference.number or ''}".strip() if is_report and reference.number else ""
    return [*_append_pages(imprint, format_pages(reference.page)), parse_text(number)]


def format_contribution(reference: Reference) -> list[Part]:
    """Return the parts that follow the title of a chapter, conference paper or entry, one a sentence."""
    parts = [
        parse_text(format_editors(reference.editor if reference.author else ())),
        capitalize_english(reference, parse_text(reference.container_title, italic=True)),
        parse_text(format_volume(reference.volume)),
        parse_text(format_edition(reference.edition)),
        parse_text(reference.collection_title),
        parse_text(format_translators(reference.translator)),
        format_publisher(reference),
    ]
    where = format_pages(reference.page) or add_label("chap", reference.chapter_number)
    within = [part for part in parts if part]
    return _append_pages([(Run("In: "), *within[0]), *within[1:]] if within else [], where)


def format_publisher(reference: Reference) -> Part:
    """Return publisher and year, as "Example Press; 2019" (AMA Manual of Style 11th ed., 3.12)."""
    year = parse_text(format_year(reference.issued))
    publisher = parse_text(reference.publisher)
    return (*publisher, Run("; "), *year) if publisher and year else publisher or year


def capitalize_english(reference: Reference, title: Part) -> Part:
    """Return an italic title with capitals if it is English."""
    english = (reference.language or "en").lower().startswith("en")
    return to_title_case(title, italic=True) if english else title


def _append_pages(parts: list[Part], where: str) -> list[Part]:
    present = [part for part in parts if part]
    if not where:
        return present
    return [*present[:-1], (*present[-1], Run(f":{where}"))] if present else [parse_text(where)]
