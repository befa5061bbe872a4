"""Catalog: the handouts as cards, and the search among them."""

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from handouts.model.library import Handout, Library, Practice
from handouts.web.print_choice import chosen_handout


@dataclass(frozen=True, slots=True)
class Card:
    """A handout as a card: in one language, with all that there are; `found_by` says which word was found in what."""

    handout: Handout
    languages: tuple[str, ...]
    overdue: bool
    found_by: str = ""


def cards(library: Library, practice: Practice, query: str, today: dt.date) -> tuple[Card, ...]:
    """Give the cards for a practice, by title: those that have all words of a query in texts, keywords or codes."""
    names = dict.fromkeys(one.id for one in library.handouts)
    found = [card for name in names if (card := _card(library, practice, name, query, today))]
    return tuple(sorted(found, key=lambda card: _folded(card.handout.front.title)))


def spoken_date(day: dt.date) -> str:
    """Write a date so that nobody takes the month for the day."""
    return f"{day.day} {day:%B} {day.year}"


def _card(library: Library, practice: Practice, name: str, query: str, today: dt.date) -> Card | None:
    languages = tuple(one.language for one in library.handouts if one.id == name)
    shown = chosen_handout(library, name, practice=practice)
    editions = [shown, *(one for one in library.handouts if one.id == name and one is not shown)]
    for handout in editions:
        reason = _reason(handout, query)
        if reason is not None:
            return Card(handout, languages, handout.front.review_due < today, reason)
    return None


def _reason(handout: Handout, query: str) -> str | None:
    """Tell what a query was found in: "" if the card shows it anyway, None if it was not found."""
    front = handout.front
    words = _folded(query).split()
    shown = _folded(f"{front.title} {front.audience}")
    codes = [_code(code) for code in front.conditions]
    keywords = [_folded(word) for word in front.keywords]
    reasons: list[str] = []
    for word in words:
        if word in shown:
            continue
        texts = (*zip(front.keywords, keywords, strict=True),)
        keyword = next((text for text, folded in texts if word in folded), None)
        code = next(
            (c for c, plain in zip(front.conditions, codes, strict=True) if plain.startswith(_code(word))), None
        )
        if keyword is None and (code is None or not _code(word)):
            return None
        reasons.append(keyword or f"ICD-10 {code}")
    return ", ".join(_once(reasons))


def _once(texts: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(texts)


def _code(text: str) -> str:
    return _folded(text).replace(".", "")


def _folded(text: str) -> str:
    """Give small letters without accents, so that people find what they type in a hurry."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
