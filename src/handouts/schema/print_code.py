"""Print codes: eight characters at the foot of each page that tell which words are on it, made to be typed again."""

from typing import Final

from handouts.problems.exceptions import HandoutsError

# Crockford's base 32: no I, L, O or U, which are read as others. Seven characters of a digest, one to find mistypings.
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT: Final = str.maketrans("OIL", "011")
_LENGTH: Final = 8


class NotAPrintCodeError(HandoutsError, ValueError):
    """A text that is no print code: of another length, with other signs, or mistyped."""


def print_code(digest: bytes) -> str:
    """Write the first 35 bits of a digest as a print code, such as 7KQ2-M4XT."""
    number = int.from_bytes(digest[:5], "big") >> 5
    signs = "".join(_ALPHABET[number >> shift & 31] for shift in range(30, -1, -5))
    return _grouped(signs + _check(signs))


def print_code_as_typed(text: str) -> str:
    """Give the print code that a text means, small letters, blanks and O for 0 allowed; raise NotAPrintCodeError."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum()).translate(_MEANT)
    if len(signs) != _LENGTH or not set(signs) <= set(_ALPHABET):
        raise NotAPrintCodeError("a print code has eight letters and digits, such as 7KQ2-M4XT")
    if _check(signs[:-1]) != signs[-1]:
        raise NotAPrintCodeError("a letter or digit of the print code is wrong")
    return _grouped(signs)


def _check(signs: str) -> str:
    """Give the last character: odd weights tell any one wrong character, and nearly all that changed places."""
    return _ALPHABET[sum((2 * place + 3) * _ALPHABET.index(sign) for place, sign in enumerate(signs)) % 32]


def _grouped(signs: str) -> str:
    return f"{signs[:4]}-{signs[4:]}"
