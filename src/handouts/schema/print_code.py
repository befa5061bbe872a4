"""Print codes: eight characters at the foot of each page that identify its text, and are easy to type."""

from typing import Final

from handouts.problems.exceptions import HandoutsError

# Crockford's base 32: without I, L, O and U, which look like others. Seven characters of a digest and a check digit.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES: Final = str.maketrans("OIL", "011")
_LENGTH: Final = 8
_POLYNOMIAL: Final = 0b100101


class NotAPrintCodeError(HandoutsError, ValueError):
    """A text is not a print code: its length, its characters or its check digit are wrong."""


def make_code_from_digest(digest: bytes) -> str:
    """Return the first 35 bits of a digest as a print code, such as 7KQ2-M4XT."""
    number = int.from_bytes(digest[:5], "big") >> 5
    characters = "".join(ALPHABET[number >> shift & 31] for shift in range(30, -1, -5))
    return _hyphenate(characters + _check_digit(characters))


def parse_print_code(text: str) -> str:
    """Return the print code of a typed text, which may have lowercase letters, spaces and O for 0.

    Raises NotAPrintCodeError if it is not a print code.
    """
    characters = "".join(character for character in text.upper() if character.isalnum()).translate(_LOOKALIKES)
    if len(characters) != _LENGTH or not set(characters) <= set(ALPHABET):
        raise NotAPrintCodeError("a print code has eight letters and digits, such as 7KQ2-M4XT")
    if _check_digit(characters[:-1]) != characters[-1]:
        raise NotAPrintCodeError("a letter or digit of the print code is wrong")
    return _hyphenate(characters)


def _check_digit(characters: str) -> str:
    """Return the check digit, with which the sum of all characters, times the power of their place, is 0 in GF(32).

    It reveals each wrong character, each swap of two and each pair such as 11 typed as 22, wherever they stand, and 31
    of 32 other mistakes.
    """
    total = 0
    for character in characters:
        total = _double(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _double(value: int) -> int:
    """Return a value of GF(32) times its primitive element x, modulo x^5 + x^2 + 1."""
    return (value << 1) ^ (_POLYNOMIAL if value & 0b10000 else 0)


def _hyphenate(characters: str) -> str:
    return f"{characters[:4]}-{characters[4:]}"
