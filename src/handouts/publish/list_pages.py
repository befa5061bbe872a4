"""Splits a long list of handouts over pages that small phones and slow networks load quickly."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_PREFIX: Final = "page_"  # no id of a handout or practice has an underscore
Item = Mapping[str, Any]
"""A row of a list, as a template shows it."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list; `folder` is below that of the first page, whose own is ""."""

    folder: str
    items: tuple[Item, ...]


def split_list(items: Sequence[Item], most: int, measure: Callable[[Item], int]) -> list[ListPage]:
    """Split a list into pages that measure `most` or have one item; the first page is there without any."""
    groups: list[list[Item]] = [[]]
    size = 0
    for item in items:
        if groups[-1] and size + measure(item) > most:
            groups.append([])
            size = 0
        groups[-1].append(item)
        size += measure(item)
    return [
        ListPage(f"{_PREFIX}{number}/" if number > 1 else "", tuple(group)) for number, group in enumerate(groups, 1)
    ]


def is_list_folder(name: str) -> bool:
    """Return whether a folder is that of a page that goes on with a list."""
    return name.startswith(_PREFIX)
