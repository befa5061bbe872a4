"""Collects every text that a patient reads: of a handout, an insert, the profile of a practice, and the page labels."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from handouts.check.markdown_texts import find_texts
from handouts.check.plain_language.printed_texts import PrintedText, PrintedUnit, find_printed_texts
from handouts.compose.labels import Labels
from handouts.model.library import Body, Handout, Insert, Practice
from handouts.problems.problem import Place

_PRINTED: Final = ("title", "label", "date", "caption")  # attributes of blocks


def collect_handout_texts(handout: Handout, units: Iterable[PrintedUnit]) -> tuple[PrintedText, ...]:
    """Return all texts of a handout: front matter, glossary, titles, bodies, notes, labels and picture descriptions.

    `units` are those into which `split_into_units` splits it.
    """
    front = handout.front
    terms = [
        PrintedText(entry.term, "heading", handout.front_at.get(("glossary", number, "term"), handout.place))
        for number, entry in enumerate(front.glossary)
    ]
    long_forms = [
        PrintedText(words, "heading", handout.front_at.get(("abbreviations", short), handout.place))
        for short, words in front.abbreviations.items()
    ]
    return (*(text for unit in units for text in unit.texts), *terms, *long_forms, *_find_attributes(handout.bodies))


def collect_insert_texts(insert: Insert) -> tuple[PrintedText, ...]:
    """Return all texts of an insert."""
    texts = (text for body in insert.bodies for text in find_printed_texts(body))
    return (*texts, *_find_attributes(insert.bodies))


def collect_profile_texts(practice: Practice) -> tuple[PrintedText, ...]:
    """Return the sentences in the profile of a practice that patients read; names and addresses are left out."""
    profile = practice.profile

    def at(*path: str | int) -> Place:
        return practice.profile_at.get(path, practice.place)

    return (
        PrintedText(profile.emergency.text, "front", at("emergency", "text")),
        *(PrintedText(phone.label, "heading", at("phones", n, "label")) for n, phone in enumerate(profile.phones)),
        *(PrintedText(entry.days, "heading", at("hours", n, "days")) for n, entry in enumerate(profile.hours)),
        *(PrintedText(value, "front", at("fields", name)) for name, value in profile.fields.items()),
        *(PrintedText(reason, "front", at("when_to_call", n)) for n, reason in enumerate(profile.when_to_call)),
    )


def collect_label_texts(labels: Labels, place: Place) -> tuple[PrintedText, ...]:
    """Return the fixed words of the page; `place` is that of their file."""
    return tuple(PrintedText(words, "heading", place) for words in labels.file.words.values())


def find_block_attributes(bodies: Iterable[Body]) -> Iterator[PrintedText]:
    """Yield the titles, labels and captions of blocks."""
    for body in bodies:
        origin = body.origin or Place("")
        for token in body.tokens:
            if token.type == "container_block_open" and token.map:
                place = Place(origin.file, origin.line + token.map[0])
                attributes = token.meta.get("attributes", {})
                yield from (PrintedText(attributes[name], "heading", place) for name in _PRINTED if name in attributes)


def _find_attributes(bodies: Sequence[Body]) -> Iterator[PrintedText]:
    """Yield what is printed or read aloud from attributes: titles of blocks, labels, and descriptions of pictures."""
    yield from find_block_attributes(bodies)
    for body in bodies:
        for text in find_texts(body, body.origin or Place("")):
            for child in text.children:
                words = child.content if child.type == "image" else child.meta.get("label", "")
                if words.strip():
                    yield PrintedText(words, "heading", text.place(child.meta.get("offset", 0)))
