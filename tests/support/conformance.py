"""The table that a run of the tests ends with: the standards that each output keeps, and whether it is stable."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_HEADS: Final = ("PDF/UA-1", "PDF/A-2a", "same bytes twice")


@dataclass(frozen=True, slots=True)
class Row:
    """What was found about one output; None where a standard has nothing to say of its kind, or it is made once."""

    name: str
    pdf_ua: bool | None
    pdf_a: bool | None
    same: bool | None

    @property
    def outcomes(self) -> tuple[bool | None, ...]:
        """The outcomes in the order of the table's columns."""
        return (self.pdf_ua, self.pdf_a, self.same)


@dataclass(frozen=True, slots=True)
class Table:
    """The outcomes of a run."""

    rows: tuple[Row, ...]

    def lines(self) -> Iterator[str]:
        """Write the table, with how many passed last."""
        width = max(len(row.name) for row in self.rows)
        yield f"{'file':{width}}  " + "  ".join(_HEADS)
        for row in self.rows:
            words = [{True: "pass", False: "FAIL", None: "-"}[outcome] for outcome in row.outcomes]
            yield (
                f"{row.name:{width}}  "
                + "  ".join(f"{word:{len(head)}}" for word, head in zip(words, _HEADS, strict=True)).rstrip()
            )
        columns = list(zip(*(row.outcomes for row in self.rows), strict=True))
        passed = ", ".join(
            f"{head} {column.count(True)} of {len(column) - column.count(None)}"
            for head, column in zip(_HEADS, columns, strict=True)
        )
        yield f"{len(self.rows)} files passed: {passed}"


TABLE: Final = "conformance"
"""The property under which the test of conformance leaves its table for the end of the run."""
