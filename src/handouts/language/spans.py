"""Spans of a text, by start and end: those that overlap become one."""

from collections.abc import Iterable, Iterator

Span = tuple[int, int]


def join_overlapping(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans in order; in place of several that overlap, the one that they make together."""
    waiting: Span | None = None
    for start, end in sorted(spans):
        if waiting and start < waiting[1]:
            waiting = waiting[0], max(waiting[1], end)
            continue
        if waiting:
            yield waiting
        waiting = start, end
    if waiting:
        yield waiting
