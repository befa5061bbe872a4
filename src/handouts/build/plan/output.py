"""Outputs: the ids, file name and path of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, TypedDict

from handouts.system.digests import digest_of_bytes

if TYPE_CHECKING:
    from handouts.model.edition import Edition
    from handouts.numbering.select import Selection
    from handouts.schema.print_terms import Paper

_SHORTEST_RUN: Final = 3  # sections in a row that are written as first..last
_LONGEST_NUMBERS: Final = 60  # characters of the numbers of sections in a name, which may have 255 bytes
_IMPLIED_BY_SUFFIX: Final = frozenset({("html", "html"), ("text", "txt")})  # formats that the file suffix implies


class OutputIds(TypedDict):
    """The ids that identify an output in reports and manifests."""

    handout: str
    practice: str
    language: str
    format: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """One output of a request; `path` is relative to the output folder.

    If a source cannot be read, what depends on it is not known: then `path` is None and `sections` is empty.
    """

    practice: str
    handout: str
    language: str
    format: str
    sections: tuple[str, ...]
    path: PurePosixPath | None

    @property
    def ids(self) -> OutputIds:
        """The ids of the output, as reports and manifests name them."""
        return OutputIds(
            handout=self.handout,
            practice=self.practice,
            language=self.language,
            format=self.format,
            sections=self.sections,
        )

    @property
    def key(self) -> PurePosixPath:
        """The path, or else a name made of the ids: it stays the same from build to build."""
        return self.path or make_output_key(self.practice, self.handout, self.language, self.format)


def make_output_key(practice: str, handout: str, language: str, format_name: str) -> PurePosixPath:
    """Return the key of an output whose path is not known."""
    return PurePosixPath(practice, f"{handout}.{language}.{format_name}")


def make_file_name(selection: "Selection", edition: "Edition", usual: "Paper") -> str:
    """Return the file name of a selection for a practice whose usual paper is `usual`.

    The name contains everything that differs from the usual print, so that no output overwrites another.
    """
    chosen = "" if selection.is_whole else f".sections-{_join_numbers([s.number for s in selection.sections])}"
    sections = ".pack" if selection.members else chosen  # no handout has a dot in its id
    audience = f".for-{selection.audience}" if selection.audience else ""
    return _file_name(f"{selection.handout.id}{sections}{audience}", selection.handout.language, edition, usual)


def make_whole_file_name(handout: str, language: str, edition: "Edition", usual: "Paper") -> str:
    """Return the file name of a whole handout for a practice whose usual paper is `usual`."""
    return _file_name(handout, language, edition, usual)


def _file_name(stem: str, language: str, edition: "Edition", usual: "Paper") -> str:
    unusual = [word for word in edition.options.words if word not in {usual, "color"}]
    name = "-".join([edition.format.name, *unusual])
    suffix = edition.format.settings.file
    shown = "" if (name, suffix) in _IMPLIED_BY_SUFFIX else f".{name}"
    return f"{stem}.{language}{shown}.{suffix}"


def _join_numbers(numbers: Sequence[int]) -> str:
    """Join rising numbers, three and more in a row as first..last, so that a name stays short: 1..4-6-8-9.

    What would be too long for the name of a file ends in a digest of all numbers.
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    joined = "-".join(f"{run[0]}..{run[-1]}" if len(run) >= _SHORTEST_RUN else "-".join(map(str, run)) for run in runs)
    if len(joined) <= _LONGEST_NUMBERS:
        return joined
    return f"{joined[:_LONGEST_NUMBERS].rpartition('-')[0]}-and-{digest_of_bytes(joined.encode())}"
