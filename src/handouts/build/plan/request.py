"""Requests: which prints to make, as named on the command line or by a set in the settings, and shards of them."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from handouts.model.edition import Edition, Format
from handouts.model.print_options import PrintOptions
from handouts.numbering.select import UnknownNameError
from handouts.schema.print_terms import UNFOLDED, Paper
from handouts.schema.settings import Settings


@dataclass(frozen=True, slots=True)
class Request:
    """Which prints to make; an empty choice means all, but without formats, each handout has its usual one.

    Handouts and practices are ids, or patterns with * and ?; `no_...` are those to leave out. A set defines formats
    and sections; handouts, practices and languages that are named with it narrow it down. Without an audience,
    texts for all audiences are printed. With `packs` (names or patterns), these are made, and no handout alone.
    """

    handouts: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    options: PrintOptions = field(default_factory=PrintOptions)
    set_name: str | None = None
    no_handouts: tuple[str, ...] = ()
    no_practices: tuple[str, ...] = ()
    audience: str = ""
    packs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `count` parts of a plan, counted from 1, for machines that do not communicate.

    The part that an output belongs to depends only on its path: a new practice moves no other output to a machine that
    does not have it yet, and slow formats are spread over all parts.
    """

    number: int
    count: int

    def holds(self, path: PurePosixPath) -> bool:
        """Return whether the output with this path is in this part."""
        digest = hashlib.sha256(str(path).encode()).digest()
        return int.from_bytes(digest[:8]) % self.count == self.number - 1


def expand_set(settings: Settings, request: Request) -> tuple[Request, ...]:
    """Return one request for each entry of the set of a request, or the request itself without a set.

    Raises UnknownNameError for a set that the settings do not have.
    """
    if request.set_name is None:
        return (request,)
    if request.set_name not in settings.sets:
        raise UnknownNameError("set", request.set_name, settings.sets)
    return tuple(
        replace(
            request,
            handouts=entry.handouts,
            practices=entry.practices,
            no_handouts=entry.except_handouts,
            no_practices=entry.except_practices,
            languages=entry.languages,
            formats=entry.formats,
            sections=entry.sections,
            left_out=entry.without,
            audience=request.audience or entry.audience,
            options=replace(
                request.options,
                paper=request.options.paper or entry.paper,
                ink=entry.ink if request.options.ink == "color" else request.options.ink,
                fit=request.options.fit or entry.fit,
            ),
        )
        for entry in settings.sets[request.set_name]
    )


def filter_names(names: Iterable[str], patterns: Collection[str], excepted: Collection[str] = ()) -> list[str]:
    """Return the names that match one of the patterns (all if there are none) and none of `excepted`."""
    return [
        name
        for name in names
        if (not patterns or any(fnmatchcase(name, pattern) for pattern in patterns))
        and not any(fnmatchcase(name, pattern) for pattern in excepted)
    ]


def make_edition(chosen_format: Format, request: Request, usual: Paper) -> Edition:
    """Return the edition of a request in a format, for a practice whose usual paper is `usual`.

    Options that do not affect the format get their usual value: plain text is the same for all papers and inks.
    """
    kind, imposition = chosen_format.settings.file, chosen_format.settings.imposition
    if kind != "pdf":
        return Edition(chosen_format, PrintOptions(usual))
    options = request.options
    resolved = replace(
        options,
        paper=options.paper or usual,
        imposed=options.imposed or imposition in UNFOLDED,
        fold_marks=options.fold_marks or imposition not in {"c-fold", "z-fold"},
        fit=options.fit and bool(chosen_format.settings.fit),
    )
    return Edition(chosen_format, resolved)


def match_names(patterns: Iterable[str], names: Collection[str]) -> frozenset[str]:
    """Return the names that match one of the patterns."""
    return frozenset(name for name in names for pattern in patterns if fnmatchcase(name, pattern))


def check_known(kind: str, patterns: Iterable[str], names: Collection[str]) -> None:
    """Raise UnknownNameError for a pattern that matches none of the names."""
    for pattern in patterns:
        if not match_names([pattern], names):
            raise UnknownNameError(kind, pattern, names)


def check_exists(kind: str, name: str, names: Collection[str]) -> None:
    """Raise UnknownNameError for a name that is none of the names, also for a pattern."""
    if name not in names:
        raise UnknownNameError(kind, name, names)
