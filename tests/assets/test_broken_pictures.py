"""Broken pictures are refused, with their place; all others are printed as they were decoded."""

import base64
import datetime as dt
import hashlib
import io
import re
import struct
import zlib
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from handouts.assets.broken_file import BrokenFileError
from handouts.assets.decoding import decode
from handouts.assets.drawing import paint_drawing
from handouts.build.typeset import typeset
from handouts.model.document import Asset, Composed
from handouts.problems.problem import Place, Problem, Severity
from handouts.schema.print_terms import FileKind
from handouts.system.digests import digest_of_file
from support.laid_out import pages
from support.projects import HANDOUT, LOGO, PRACTICE, SmallProject, small_project

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
NOISE: Final = Image.frombytes("RGB", (40, 30), hashlib.shake_256(b"noise").digest(40 * 30 * 3))
PALETTE: Final = NOISE.quantize(16)
PLACE: Final = Place("x.md", 3)
PAGE: Final = '<!doctype html><html lang="en"><title>Bones</title><main><h1>Bones</h1>{}</main>'

# WeasyPrint leaves its color profile open.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width: int, height: int, color: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, color, 0, 0, 0))


def png(*chunks: bytes) -> bytes:
    return SIGNATURE + b"".join(chunks) + chunk(b"IEND", b"")


def pixels(width: int, height: int) -> bytes:
    return chunk(b"IDAT", zlib.compress(b"".join(b"\0" + bytes(width) for _ in range(height))))


def cuts(raw: bytes) -> list[int]:
    """Ten lengths of a file that lacks its end, from its header alone to all but its last byte."""
    return sorted({33, len(raw) - 1, *(len(raw) * tenth // 9 for tenth in range(1, 9))})


PNG: Final = saved(NOISE, "PNG")
WITH_PALETTE: Final = saved(PALETTE, "PNG", transparency=3)
JPEG: Final = saved(NOISE, "JPEG")
PROGRESSIVE: Final = saved(NOISE, "JPEG", progressive=True)
FLATE: Final = zlib.compress(b"\0" * 11 * 10)


def damaged(raw: bytes, part: bytes, position: int = 4) -> bytes:
    """Change a bit in the content of a part."""
    at = raw.index(part) + position
    return raw[:at] + bytes([raw[at] ^ 4]) + raw[at + 1 :]


BROKEN: Final = {
    **{f"PNG of {cut} bytes": PNG[:cut] for cut in cuts(PNG)},
    **{f"JPEG of {cut} bytes": JPEG[:cut] for cut in cuts(JPEG)},
    **{f"progressive JPEG of {cut} bytes": PROGRESSIVE[:cut] for cut in cuts(PROGRESSIVE)[2:]},
    **{f"damaged {part}": damaged(WITH_PALETTE, part.encode()) for part in ("IHDR", "PLTE", "tRNS", "IDAT", "IEND")},
    "damaged text": damaged(png(header(1, 1), chunk(b"tEXt", b"a\0b"), pixels(1, 1)), b"tEXt"),
    "second header": png(header(10, 10), header(13_377, 13_377), pixels(10, 10)),
    "second header after the pixels": png(header(10, 10), pixels(10, 10), header(13_377, 13_377)),
    "no pixels": png(header(10, 10)),
    "pixels in two places": png(header(10, 10), pixels(10, 10), chunk(b"tEXt", b"a\0b"), pixels(10, 10)),
    "two palettes": png(header(1, 1, 3), chunk(b"PLTE", bytes(3)), chunk(b"PLTE", bytes(3)), pixels(1, 1)),
    "unknown color type": png(header(10, 10, 5), pixels(10, 10)),
    "JPEG with two headers": JPEG.replace(b"\xff\xc0", JPEG[JPEG.index(b"\xff\xc0") :][:19] + b"\xff\xc0", 1),
    "JPEG with a header of 12 bits": damaged(JPEG, b"\xff\xc0"),
    "lossless JPEG": JPEG.replace(b"\xff\xc0", b"\xff\xc3", 1),
    "JPEG with broken lengths": JPEG.replace(b"\xff\xdb\0\x43", b"\xff\xdb\0\x40", 1),
}
# What no checksum and no length tells: it shows when the picture is decoded.
UNDECODABLE: Final = {
    "PNG with too few rows": png(header(10, 10), chunk(b"IDAT", zlib.compress(b"\0" * 11 * 5))),
    "PNG with pixels that are cut": png(header(10, 10), chunk(b"IDAT", FLATE[: len(FLATE) // 2])),
    "PNG with pixels that are none": png(header(10, 10), chunk(b"IDAT", b"no pixels")),
    "JPEG without tables": JPEG.replace(b"\xff\xdb", b"\xff\xfe"),
}


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """A project whose logo is a file called logo.png."""
    project = small_project(tmp_path)
    project.replace(PRACTICE, "logo.svg", "logo.png")
    return project


def shown(raw: bytes) -> Image.Image:
    """Return the picture of a file as an independent reader shows it."""
    with Image.open(io.BytesIO(raw)) as opened:
        return opened.convert("RGBA")


def made(
    picture: bytes, tmp_path: Path, file: FileKind = "pdf", checked: str = ""
) -> tuple[bytes, tuple[Problem, ...]]:
    """Make a page of one picture, 40 mm wide; `checked` is another digest than its own."""
    path = tmp_path / "picture.bin"
    path.write_bytes(picture)
    html = PAGE.format('<p><img src="picture.bin" alt="A bone" style="width: 40mm; display: block"></p>')
    asset = Asset(path, "picture", checked or digest_of_file(path), PLACE)
    composed = Composed(html, "en", dt.date(2026, 1, 1), (), tmp_path, (asset,), (), file=file)
    typed = typeset(composed)
    return typed.content, typed.problems


def errors(problems: tuple[Problem, ...]) -> list[tuple[str, Place | None]]:
    return [
        (one.code, one.place) for one in problems if one.severity == Severity.ERROR and one.code != "blurred-picture"
    ]


@pytest.mark.parametrize("name", BROKEN)
def test_a_damaged_picture_is_refused_when_the_project_is_read(project: SmallProject, name: str) -> None:
    project.write("content/practices/clinic/logo.png", BROKEN[name])
    (problem,) = project.problems()
    assert problem.place == project.place(PRACTICE, "logo.png")
    # A changed header may as well say that there are too many pixels.
    assert problem.code in {"broken-picture", "not-a-picture", "picture-too-large"}


@pytest.mark.parametrize("name", BROKEN | UNDECODABLE)
def test_a_broken_picture_is_not_decoded(name: str) -> None:
    with pytest.raises(BrokenFileError):
        decode((BROKEN | UNDECODABLE)[name], None)


@pytest.mark.parametrize("format_", ["handout", "html"])
def test_a_picture_that_cannot_be_decoded_fails_the_output_at_the_line_that_names_it(
    project: SmallProject, format_: str
) -> None:
    project.write("content/practices/clinic/logo.png", UNDECODABLE["PNG with pixels that are cut"])
    assert project.problems() == ()
    ran = project.run("build", "-f", format_)
    assert ran.code == 1
    place = project.place(PRACTICE, "logo.png")
    assert f"{place}: error[broken-picture]: the picture content/practices/clinic/logo.png cannot be used" in ran.err
    assert ran.err.count("error[") == 1
    assert not list((project.root / "output").rglob("*.pdf"))


@pytest.mark.parametrize("name", ["second header", "PNG with too few rows", "PNG of 33 bytes"])
@pytest.mark.parametrize("file", ["pdf", "html"])
def test_pictures_of_style_sheets_are_decoded_as_strictly(tmp_path: Path, name: str, file: str) -> None:
    raw = (BROKEN | UNDECODABLE | {"PNG of 33 bytes": PNG[:33]})[name]
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "own.png").write_bytes(raw)
    data = f"data:image/png;base64,{base64.b64encode(raw).decode()}"
    for address in ("styles/own.png", data):
        html = PAGE.format(f"<p style=\"background: url('{address}')\">Text</p>")
        composed = Composed(
            html,
            "en",
            dt.date(2026, 1, 1),
            (),
            tmp_path,
            (),
            (tmp_path / "styles",),
            file="pdf" if file == "pdf" else "html",
        )
        assert [code for code, _ in errors(typeset(composed).problems)] == ["broken-picture"], address


@pytest.mark.parametrize(
    ("side", "message"),
    [(7_000, "7000 x 7000 pixels, over 40000000 in all"), (20_000, "more pixels than can be decoded")],
)
def test_a_huge_picture_of_a_style_sheet_is_not_decoded(tmp_path: Path, side: int, message: str) -> None:
    data = base64.b64encode(png(header(side, side), chunk(b"IDAT", zlib.compress(b"")))).decode()
    _, problems = pages(f'<p style="background: url(data:image/png;base64,{data})">Text</p>', root=tmp_path)
    assert [problem.code for problem in problems] == ["broken-picture"]
    assert message in problems[0].message


@pytest.mark.parametrize("file", ["pdf", "html"])
def test_a_picture_that_changes_after_it_was_checked_is_not_printed(tmp_path: Path, file: FileKind) -> None:
    _, problems = made(PNG, tmp_path, file, checked="0123456789abcdef")
    assert errors(problems) == [("changed-file", PLACE)]


def test_trailing_bytes_and_comments_are_stripped() -> None:
    exif = Image.Exif()
    exif[0x010E] = "a patient's name"
    for raw in (saved(NOISE, "JPEG", exif=exif, comment=b"a patient's name"), saved(NOISE, "PNG", exif=exif)):
        decoded = decode(raw + b"a patient's name", None)
        assert b"patient" not in decoded.content
        assert ImageChops.difference(shown(decoded.content), shown(raw)).getbbox() is None


def test_an_animation_is_printed_as_its_first_picture() -> None:
    frames = [NOISE, NOISE.transpose(Image.Transpose.ROTATE_180)]
    raw = saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert b"acTL" in raw
    decoded = decode(raw, None)
    assert b"acTL" not in decoded.content
    assert ImageChops.difference(shown(decoded.content), NOISE.convert("RGBA")).getbbox() is None


GRAY: Final = Image.linear_gradient("L").resize((60, 60))


def in_16_bits(image: Image.Image) -> bytes:
    """Write a gray picture with 16 bits a pixel, as programs for x-rays do."""
    deep = Image.new("I;16", image.size)
    deep.putdata([value * 257 for value in image.tobytes()])
    return saved(deep, "PNG")


def painted(pdf: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        image: Image.Image = document[0].render(scale=1).to_pil().convert("RGB")
        return image
    finally:
        document.close()


def test_gray_of_16_bits_is_printed_as_the_same_gray_of_8(tmp_path: Path) -> None:
    deep, problems = made(in_16_bits(GRAY), tmp_path)
    assert errors(problems) == []
    flat, _ = made(saved(GRAY, "PNG"), tmp_path)
    assert len(painted(deep).getcolors(1 << 24) or ()) > 20
    assert ImageChops.difference(painted(deep), painted(flat)).getbbox() is None


def test_gray_of_16_bits_keeps_its_transparent_color() -> None:
    body = zlib.compress(b"\0" + struct.pack(">3H", 0x1234, 0x1235, 0xFFFF))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 1, 16, 0, 0, 0, 0))
    decoded = decode(png(head, chunk(b"tRNS", b"\x12\x34"), chunk(b"IDAT", body)), None)
    assert list(shown(decoded.content).getchannel("A").tobytes()) == [0, 255, 255]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_each_kind_of_png_prints_the_pixels_that_it_has(mode: str) -> None:
    for image in (NOISE.convert(mode), GRAY.convert(mode)):
        raw = saved(image, "PNG")
        assert ImageChops.difference(shown(decode(raw, None).content), shown(raw)).getbbox() is None


def test_cmyk_pictures_are_converted_to_rgb(tmp_path: Path) -> None:
    red = saved(Image.new("RGB", (400, 400), (200, 40, 40)).convert("CMYK"), "JPEG", quality=95)
    pdf, problems = made(red, tmp_path)
    assert errors(problems) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        spaces = {str(item.get("/ColorSpace")) for item in opened.objects if isinstance(item, pikepdf.Stream)}
    assert "/DeviceCMYK" not in spaces
    dots = painted(pdf)
    found = dots.getpixel((dots.width // 2, 90))
    assert isinstance(found, tuple)
    page, _ = made(red, tmp_path, file="html")
    (data,) = re.findall(rb'src="data:image/jpeg;base64,([^"]+)"', page)
    with Image.open(io.BytesIO(base64.b64decode(data))) as shown_in_browsers:
        assert shown_in_browsers.mode == "RGB"
        near = shown_in_browsers.getpixel((200, 200))
    assert all(abs(one - other) < 12 for one, other in zip(near, (200, 40, 40), strict=True))  # type: ignore[arg-type] # three numbers


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_rotated_by_its_orientation(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    wide = Image.new("L", (64, 32), "white")
    wide.paste("black", (0, 0, 16, 16))  # a mark in the upper left corner
    decoded = decode(saved(wide, "JPEG", exif=exif, quality=95), None)
    picture = shown(decoded.content).convert("L")
    assert picture.size == ((64, 32) if orientation < 5 else (32, 64))
    assert b"Exif" not in decoded.content
    # TIFF 6.0, Orientation: where the first row and the first column of the file are seen.
    right = orientation in {2, 3, 6, 7}
    low = orientation in {3, 4, 7, 8}
    column, row = (picture.width - 4 if right else 3), (picture.height - 4 if low else 3)
    assert picture.tobytes()[row * picture.width + column] < 40


@pytest.mark.parametrize("exif", [b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM", b"Exif\0\0" + b"\xff" * 99])
def test_broken_exif_data_is_ignored(exif: bytes) -> None:
    decoded = decode(saved(NOISE, "JPEG", exif=exif), None)
    assert ImageChops.difference(shown(decoded.content), shown(JPEG)).getbbox() is None


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([PNG, WITH_PALETTE]), st.data())
def test_any_damage_to_a_png_is_detected_or_changes_no_pixel(raw: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(raw) - 1))
    if data.draw(st.booleans()):
        changed = raw[:at]
    else:
        changed = raw[:at] + bytes([raw[at] ^ 1 << data.draw(st.integers(0, 7))]) + raw[at + 1 :]
    try:
        decoded = decode(changed, None)
    except BrokenFileError:
        return
    assert ImageChops.difference(shown(decoded.content), shown(raw)).getbbox() is None


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([PNG, JPEG, PROGRESSIVE, WITH_PALETTE]), st.data())
def test_any_bytes_are_refused_or_decoded_whole(raw: bytes, data: st.DataObject) -> None:
    changed = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        changed[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    try:
        decoded = decode(bytes(changed), 1_000_000)
    except BrokenFileError:
        return
    picture = shown(decoded.content)
    assert picture.width * picture.height <= 1_000_000


def test_a_file_name_may_have_characters_that_are_special_in_addresses(project: SmallProject) -> None:
    lines = ["- after a fall"]
    for name in ("bone#1.svg", "bone?.svg", "bone 50%.svg", "b%6Fne.svg", "é.svg"):
        project.write(f"content/handouts/back/{name}", project.text(LOGO))
        lines += ["", f"    ![A bone]({quote(name)})", ""]
    project.replace(HANDOUT, lines[0], "\n".join(lines))
    project.write("content/practices/clinic/logo#1.svg", project.text(LOGO))
    project.replace(PRACTICE, "logo.png", '"logo#1.svg"')
    ran = project.run("build", "-f", "html", "-f", "handout")
    assert ran.code == 0, ran.err


def test_a_drawing_on_which_the_painter_fails_is_broken() -> None:
    raw = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 50'><circle r='1e9' cx='-1e-9'/></svg>"
    with pytest.raises(BrokenFileError, match="very large numbers"):
        paint_drawing(raw, 200)
