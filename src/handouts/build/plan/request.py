"""Request: what was asked for on the command line, or by a set of the settings."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from handouts.model.edition import Edition, Format
from handouts.model.print_options import PrintOptions
from handouts.numbering.select import UnknownNameError
from handouts.schema.print_terms import Paper
from handouts.schema.settings import Settings


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for; an empty choice means all.

    Handouts and practices are ids, or patterns with * and ?; `no_...` are those to leave out. A set says which formats
    and sections; what it names is narrowed by the handouts, practices and languages that are asked for beside it.
    """

    handouts: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("handout",)
    languages: tuple[str, ...] = ()
    options: PrintOptions = field(default_factory=PrintOptions)
    set_name: str | None = None
    no_handouts: tuple[str, ...] = ()
    no_practices: tuple[str, ...] = ()


def entries(settings: Settings, request: Request) -> tuple[Request, ...]:
    """Give one request for each entry of the set that is asked for, or the request itself if none is.

    Raise UnknownNameError for a set that the settings do not have.
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
            options=replace(
                request.options,
                paper=request.options.paper or entry.paper,
                ink=entry.ink if request.options.ink == "color" else request.options.ink,
            ),
        )
        for entry in settings.sets[request.set_name]
    )


def chosen(names: Iterable[str], patterns: Collection[str], excepted: Collection[str] = ()) -> list[str]:
    """Give the names that one of the patterns fits, all if there are none, but not those that are excepted."""
    return [
        name
        for name in names
        if (not patterns or any(fnmatchcase(name, pattern) for pattern in patterns))
        and not any(fnmatchcase(name, pattern) for pattern in excepted)
    ]


def edition_of(chosen_format: Format, request: Request, usual: Paper) -> Edition:
    """Give the edition that is asked for in a format, for who usually uses such paper.

    What makes no difference to a format is not asked for: plain text is the same for all papers and inks.
    """
    kind, imposition = chosen_format.settings.file, chosen_format.settings.imposition
    if kind != "pdf":
        return Edition(chosen_format, PrintOptions(usual))
    options = request.options
    resolved = replace(
        options,
        paper=options.paper or usual,
        imposed=options.imposed or imposition == "pages",
        fold_marks=options.fold_marks or imposition not in {"c-fold", "z-fold"},
        fit=options.fit and bool(chosen_format.settings.fit),
    )
    return Edition(chosen_format, resolved)


def matching(patterns: Iterable[str], names: Collection[str]) -> frozenset[str]:
    """Give the names that one of the patterns fits."""
    return frozenset(name for name in names for pattern in patterns if fnmatchcase(name, pattern))


def check_known(what: str, patterns: Iterable[str], names: Collection[str]) -> None:
    """Raise UnknownNameError for a pattern that fits none of the names."""
    for pattern in patterns:
        if not matching([pattern], names):
            raise UnknownNameError(what, pattern, names)
