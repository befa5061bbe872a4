"""Random tables such as clinics write, with what of them has to stay on one line."""

# ruff: noqa: RUF001 - dashes as clinics type them

from dataclasses import dataclass
from random import Random
from typing import Final

_MEDICINES: Final = (
    *(
        "methylprednisolone",
        "hydrochlorothiazide",
        "levothyroxine",
        "acetaminophen",
        "ibuprofen",
        "warfarin",
        "Eliquis®",
    ),
    *("sulfamethoxazole-trimethoprim", "insulin", "vitamin-B12", "amoxicillin", "gabapentin"),
)
_NUMBERS: Final = ("0.0625", "37.5", "1,000", "3.75-7.5", "12–17", "½", "1 ½", "1/2", "250", "5", "37.5-325", "< 5")
_UNITS: Final = ("mg", "mcg", "mL", "mg/kg", "mg/5 mL", "tablets", "drops", "°C", "%", "units", "pounds", "teaspoons")
_TIMES: Final = ("11:45 pm", "5:00–7:00 pm", "7:00 am", "8 hours", "24 hours", "9 am – 5 pm", "2 weeks", "x 2")
_PHONES: Final = ("(616) 555-0134", "01632 960000", "+44 1632 960 001")
_WORDS: Final = [
    "take",
    "mouth",
    "once",
    "a",
    "day",
    "with",
    "full",
    "glass",
    "water",
    "before",
    "meals",
    "do",
    "give",
    "than",
    "call",
    "us",
    "if",
    "you",
    "feel",
    "worse",
    "stop",
    "when",
    "your",
    "temperature",
    "normal",
    "again",
    "and",
    "keep",
    "the",
    "bottle",
    "in",
    "fridge",
]
_HEADS: Final = ("Medicine", "Dose", "Morning", "Noon", "Evening", "Bedtime", "Reason", "Weight", "Instructions")
"""None of them is in a cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The Markdown of a cell, its words as they are to be printed, and those that belong together."""

    markdown: str
    amounts: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words without markup and citations."""
        return tuple(self.markdown.replace("**", "").replace(CITATION, "").split())


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the words of its head, and its rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def markdown(self) -> str:
        """The table as Markdown: one line for the head, one for each row."""
        lines = (self.head, ("---",) * len(self.head), *([cell.markdown for cell in row] for row in self.rows))
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


CITATION: Final = "[@smith2020]"


def random_tables(seed: int, count: int) -> list[Table]:
    """Make so many tables of two to seven columns; the same for each seed."""
    random = Random(seed)  # noqa: S311 - it hides nothing
    return [_table(random) for _ in range(count)]


def _table(random: Random) -> Table:
    columns = random.choice((2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7))
    rows = tuple(tuple(_cell(random) for _ in range(columns)) for _ in range(random.randint(1, 3)))
    return Table(tuple(random.sample(_HEADS, columns)), rows)


def _cell(random: Random) -> Cell:
    kind = random.random()
    if kind < 0.2:
        return Cell(random.choice(_MEDICINES), ())
    if kind < 0.3:  # markup between number and unit
        number, unit = random.choice(_NUMBERS), random.choice(("mg", "mL", "tablets"))
        return Cell(f"**{number}** {unit}", (f"{number} {unit}",))
    amount = random.choice((_dose(random), _dose(random), random.choice(_TIMES), random.choice(_PHONES)))
    if kind < 0.6:
        return Cell(amount, (amount,))
    words = random.choices(_WORDS, k=random.randint(2, 14))
    words[0] = random.choice((words[0], random.choice(_MEDICINES)))
    words[random.randrange(1, len(words))] = amount
    return Cell(" ".join(words) + (f" slowly.{CITATION}" if random.random() < 0.2 else ""), (amount,))


def _dose(random: Random) -> str:
    return f"{random.choice(_NUMBERS)} {random.choice(_UNITS)}"
