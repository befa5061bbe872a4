"""Print codes: nine characters at the foot of each page that identify its text, and are easy to type."""

from typing import Final

from handouts.problems.exceptions import HandoutsError

# Crockford's base 32: without I, L, O and U, which look like others. Seven characters of a digest and two check
# characters.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES: Final = str.maketrans("OIL", "011")
_LENGTH: Final = 9
_GROUP: Final = 3
_CHECKS: Final = 2
_POLYNOMIAL: Final = 0b100101


class NotAPrintCodeError(HandoutsError, ValueError):
    """A text is not a print code: its length, its characters or its check characters are wrong."""


def make_code_from_digest(digest: bytes) -> str:
    """Return the first 35 bits of a digest as a print code, such as 7KQ-2M4-XEN."""
    number = int.from_bytes(digest[:5], "big") >> 5
    characters = "".join(ALPHABET[number >> shift & 31] for shift in range(30, -1, -5))
    return _hyphenate(characters + _make_check_characters(characters))


def parse_print_code(text: str) -> str:
    """Return the print code of a typed text, which may have lowercase letters, spaces and O for 0.

    Raises NotAPrintCodeError if it is not a print code.
    """
    characters = "".join(character for character in text.upper() if character.isalnum()).translate(_LOOKALIKES)
    if len(characters) != _LENGTH or not set(characters) <= set(ALPHABET):
        raise NotAPrintCodeError("a print code has nine letters and digits, such as 7KQ-2M4-XEN")
    if _make_check_characters(characters[:-_CHECKS]) != characters[-_CHECKS:]:
        raise NotAPrintCodeError("a letter or digit of the print code is wrong")
    return _hyphenate(characters)


def _make_check_characters(characters: str) -> str:
    """Return the two check characters of a Reed-Solomon code over GF(32), whose generator has the roots x and x^2.

    It has a distance of three: any one or two wrong characters are found, wherever they stand, and so is each swap.
    Of other mistakes 1023 in 1024 are found.
    """
    # The remainder of a division by (z + x)(z + x^2) = z^2 + (x + x^2) z + x^3.
    high, low = 0, 0
    for character in characters:
        quotient = high ^ ALPHABET.index(character)
        once = _multiply_by_x(quotient)
        twice = _multiply_by_x(once)
        high, low = low ^ once ^ twice, _multiply_by_x(twice)
    return ALPHABET[high] + ALPHABET[low]


def _multiply_by_x(value: int) -> int:
    """Return a value of GF(32) times its primitive element x, modulo x^5 + x^2 + 1."""
    return (value << 1) ^ (_POLYNOMIAL if value & 0b10000 else 0)


def _hyphenate(characters: str) -> str:
    return "-".join(characters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))
