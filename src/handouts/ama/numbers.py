"""Formats pages, volumes, editions and other numbers with their labels."""

import re
from typing import Final

_NUMBERS: Final = re.compile(r"\d+[a-z]*(?:\s*[-\u2013,&]\s*\d+[a-z]*)*", re.IGNORECASE)
_PAGES: Final = re.compile(r"([^\W\d]*)(\d+)([^\W\d]*)-+([^\W\d]*)(\d+)([^\W\d]*)")


def format_pages(value: str | None) -> str:
    """Return pages with hyphens and complete numbers: "S27-S31" for "S27-31" (AMA Manual of Style 11th ed., 3.11)."""
    hyphened = re.sub(r"\s*[-\u2010-\u2013]+\s*", "-", value or "")
    return re.sub(r"[^\s,;&]+", lambda span: _complete_page_range(span[0]), hyphened)


def format_volume(value: str | None) -> str:
    """Return a volume of a book as "Vol 2", several as "Vols 1-3"."""
    return add_label("Vols" if re.search(r"\d\D+\d", value or "") else "Vol", value)


def format_edition(value: str | None) -> str:
    """Return an edition as "3rd ed.", one in words as it is written."""
    edition = value or ""
    number = f"{edition}{_select_ordinal_suffix(int(edition[-2:]))}" if edition.isdecimal() else edition
    return f"{number} ed." if _NUMBERS.fullmatch(edition) else edition


def format_version(value: str | None) -> str:
    """Return a version as "Version 2.1", one in words as it is written (AMA Manual of Style 11th ed., 3.15)."""
    return f"Version {value}" if value and value[0].isdecimal() else value or ""


def add_label(label: str, value: str | None) -> str:
    """Return a number with its label; a value in words, which has its own label, and no value stay as they are."""
    return f"{label} {value}" if value and _NUMBERS.fullmatch(value) else value or ""


def _complete_page_range(span: str) -> str:
    page_range = _PAGES.fullmatch(span)
    if not page_range or page_range[4] not in {"", page_range[1]}:
        return span
    prefix, first, first_suffix, _, last, last_suffix = page_range.groups()
    return f"{prefix}{first}{first_suffix}-{prefix}{first[: max(0, len(first) - len(last))]}{last}{last_suffix}"


def _select_ordinal_suffix(last_two_digits: int) -> str:
    return "th" if last_two_digits in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(last_two_digits % 10, "th")
