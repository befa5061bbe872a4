"""Black letters printed over what is under them."""

from collections.abc import Iterator
from typing import Final

import pydyf

from handouts.pdf.press.operators import words_of

_ON: Final = b"/overprint gs"
_OFF: Final = b"/knockout gs"
_SOLID: Final = [b"0", b"0", b"0", b"1"]
# ISO 32000-1, 8.6.7: with mode 1, inks of which a color has none are left as they are under it.
_STATES: Final = {
    "overprint": {"OP": "false", "op": "true", "OPM": 1},
    "knockout": {"OP": "false", "op": "false", "OPM": 0},
}


def overprint_black_text(operations: list[object]) -> None:
    """Have letters that are all black ink printed over what is under them.

    Else they are left blank on the other plates, and the least slip of the paper puts a white edge around them (GWG
    2015 asks for it up to 12 points). Each operation of the content stream is an item, its colors are inks already.
    """
    operations[:] = list(_overprinted(operations))


def _overprinted(operations: list[object]) -> Iterator[object]:
    solid = on = text = False
    saved: list[bool] = []
    for operation in operations:
        yield operation
        words = words_of(operation)
        match words[-1:]:
            case [b"q"]:
                saved.append(solid)
            case [b"Q"]:
                solid = saved.pop()
            case [b"k"]:
                solid = words[:-1] == _SOLID
            case [b"cs"]:
                solid = False
            case [b"BT" | b"ET"]:
                text = words == [b"BT"]
        if on != (text and solid):
            on = not on
            yield _ON if on else _OFF


def allow_overprint(resources: pydyf.Dictionary) -> None:
    """Name the states that the operations use in the resources of their stream."""
    resources["ExtGState"].update({name: pydyf.Dictionary(state) for name, state in _STATES.items()})
