"""Raised and lowered text as Unicode has it: 10 to the 9th is 10⁹, never 109."""

from typing import Final

_RAISED: Final = dict(zip("0123456789+\N{MINUS SIGN}-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED: Final = dict(zip("0123456789+\N{MINUS SIGN}-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def write_raised(text: str) -> str:
    """Return a raised text: 1st stays "1st", but anything that could be read as a number gets a mark."""
    return _write(text, _RAISED, "^")


def write_lowered(text: str) -> str:
    """Return a lowered text."""
    return _write(text, _LOWERED, "_")


def _write(text: str, characters: dict[str, str], mark: str) -> str:
    if all(character in characters for character in text):
        return "".join(characters[character] for character in text)
    return text if text.isalpha() else f"{mark}({text})"
