"""Takes over the pictures of a document, decoded and of limited size, as files beside the draft."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from handouts.assets.broken_file import BrokenFileError
from handouts.assets.decoding import decode, detect_format
from handouts.assets.svg import check_svg
from handouts.importing.blocks import Block
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
from handouts.schema.settings import PictureLimits

_MOST: Final = 200
_MAX_BYTES: Final = 100_000_000  # of all together
_SHOWN: Final = 80  # characters of an address
_ENDINGS: Final[Mapping[str, str]] = {"image/png": "png", "image/jpeg": "jpg"}

Load = Callable[[str], bytes | None]
"""Returns the file of a picture by its address in the document; None if it is not in it."""


@dataclass(frozen=True, slots=True)
class TakenPictures:
    """The blocks of a document, whose pictures have names of files now, and the files by name."""

    blocks: tuple[Block, ...]
    files: Mapping[str, bytes]


def take_pictures(blocks: Sequence[Block], load: Load, limits: PictureLimits, dropped: list[str]) -> TakenPictures:
    """Return the pictures of a document; one that cannot be used stays a remark, and is named as dropped."""
    files: dict[str, bytes] = {}
    names: dict[bytes, str] = {}
    taken: list[Block] = []
    for block in blocks:
        address, _, description = block.text.partition("\n")
        raw = load(address) if block.kind == "picture" else None
        if raw is None:
            shown = address if len(address) <= _SHOWN else f"{address[:_SHOWN]}\u2026"
            taken.append(replace(block, text=f"{shown}\n{description}") if block.kind == "picture" else block)
            continue
        try:
            if len(files) >= _MOST or sum(map(len, files.values())) + len(raw) > _MAX_BYTES:
                raise BrokenFileError("the document has too many pictures")  # noqa: TRY301 - like the others
            if raw not in names:
                content, ending = _convert(raw, limits)
                names[raw] = f"picture-{len(files) + 1}.{ending}"
                files[names[raw]] = content
            taken.append(replace(block, kind="figure", text=f"{names[raw]}\n{description}"))
        except BrokenFileError as refused:
            dropped.append(f"{block.where}: a picture: {refused}")
            taken.append(replace(block, text=f"\n{description}"))
    return TakenPictures(tuple(taken), files)


def _convert(raw: bytes, limits: PictureLimits) -> tuple[bytes, str]:
    """Return a picture as PNG, JPEG or SVG, without what a camera stored beside it. Raises BrokenFileError."""
    if len(raw) > limits.max_bytes:
        raise BrokenFileError(f"it has {len(raw)} bytes, more than {limits.max_bytes}")
    if detect_format(raw):
        decoded = decode(raw, limits.max_pixels)
        return decoded.content, _ENDINGS[decoded.kind]
    problems = Problems()
    if b"<svg" in raw[:2000] and check_svg(raw, "picture.svg", Place("picture.svg"), problems):
        return raw, "svg"
    raise BrokenFileError(next((one.message for one in problems), "its format is not known: save it as PNG"))
