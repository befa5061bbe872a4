"""The names of files: whatever differs from the usual print is in them, so that no output takes another's place."""

from collections.abc import Sequence

from handouts.model.edition import Edition
from handouts.numbering.select import Selection
from handouts.schema.print_terms import Paper

_FEW = 2  # sections in a row that are named one by one
_SAID_BY_ENDING = frozenset({("html", "html"), ("text", "txt")})  # formats that a file's ending says all of


def file_name(selection: Selection, edition: Edition, usual: Paper) -> str:
    """Name the file of a selection, printed for who usually uses such paper."""
    chosen = "" if selection.is_whole else f".sections-{_numbers([s.number for s in selection.sections])}"
    return _file_name(f"{selection.handout.id}{chosen}", selection.handout.language, edition, usual)


def whole_file_name(handout: str, language: str, edition: Edition, usual: Paper) -> str:
    """Name the file of a whole handout, printed for who usually uses such paper."""
    return _file_name(handout, language, edition, usual)


def _file_name(what: str, language: str, edition: Edition, usual: Paper) -> str:
    unusual = [word for word in edition.options.words if word not in {usual, "color"}]
    name = "-".join([edition.format.name, *unusual])
    ending = edition.format.settings.file
    made = "" if (name, ending) in _SAID_BY_ENDING else f".{name}"
    return f"{what}.{language}{made}.{ending}"


def _numbers(numbers: Sequence[int]) -> str:
    """Write rising numbers, three and more in a row as first..last, so that a name stays short: 1..4-6-8-9."""
    rows: list[list[int]] = []
    for number in numbers:
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return "-".join(f"{row[0]}..{row[-1]}" if len(row) > _FEW else "-".join(map(str, row)) for row in rows)
