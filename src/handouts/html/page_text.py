"""What checks and fonts need to know of the parts of a page: its body, slots and head."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from handouts.html.fonts import Face
from handouts.html.inspection import has_target, list_ids_and_links, normalize
from handouts.model.document import Asset

PART_MARK: Final = "\x00"  # in no parsed document


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a part of a page.

    `visible` are its texts without white space, `letters` all letters, `visible_letters` those that readers see.
    `files` are the pictures that it loads.
    """

    visible: tuple[str, ...]
    letters: frozenset[str]
    visible_letters: frozenset[str]
    by_face: Mapping[Face, frozenset[str]]
    ids: tuple[str, ...]
    links: frozenset[str]
    files: frozenset[Asset]


def read_text(root: Element, visible: str, by_face: Mapping[Face, frozenset[str]], files: frozenset[Asset]) -> PageText:
    """Return the text of a part of a page; PART_MARK stands in what is visible where slots are."""
    ids, links = list_ids_and_links(root)
    return PageText(
        tuple(normalize(part) for part in visible.split(PART_MARK)),
        frozenset("".join(root.itertext())),
        frozenset(visible) - {PART_MARK},
        by_face,
        ids,
        links,
        files,
    )


def read_head(root: Element) -> PageText:
    """Return what checks need to know of the head of a page."""
    return read_text(root, "", {}, frozenset())


def has_broken_links(texts: Iterable[PageText]) -> bool:
    """Return whether parts of a page have the same ids, or links to ids that none of them has."""
    parts = list(texts)
    ids = Counter(name for part in parts for name in part.ids)
    links = frozenset[str]().union(*(part.links for part in parts))
    return any(count > 1 for count in ids.values()) or not all(has_target(name, ids) for name in links)
