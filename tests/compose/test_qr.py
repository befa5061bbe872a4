"""QR codes, read back from what is drawn."""

import base64
import re

import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from handouts.compose.qr_code import draw_qr_code

SCALE = 4
QUIET = 4  # modules of white around a code (ISO/IEC 18004)
ADDRESSES = st.builds(
    "https://{}.example.org/{}".format,
    st.from_regex("[a-z][a-z0-9-]{0,20}", fullmatch=True),
    st.text("abcXYZ0189-_.~/?=&%", max_size=120),
)


def read_back(picture: str) -> tuple[str, int, str]:
    """Draw the strokes of a code as dots; return its text, its size in modules and its error correction level."""
    drawing = base64.b64decode(picture.removeprefix("data:image/svg+xml;base64,")).decode()
    size = int(re.findall('width="([0-9]+)"', drawing)[0])
    side = (size + 2 * QUIET) * SCALE
    image = Image.new("L", (side, side), 255)
    draw = ImageDraw.Draw(image)
    for x, y, length in re.findall(r"M([0-9]+) ([0-9]+)\.5h([0-9]+)", drawing):
        left, top = (int(x) + QUIET) * SCALE, (int(y) + QUIET) * SCALE
        draw.rectangle((left, top, left + int(length) * SCALE - 1, top + SCALE - 1), fill=0)
    code = zxingcpp.read_barcode(image)
    assert code is not None
    return code.text, size, code.ec_level


@given(ADDRESSES)
def test_a_code_leads_to_its_address(address: str) -> None:
    text, _, level = read_back(draw_qr_code(address))
    assert text == address
    assert level in {"M", "Q"}


def test_a_code_is_small_and_then_as_robust_as_it_can_be() -> None:
    # ISO/IEC 18004, table 7: in 8-bit mode, 29 x 29 modules hold 42 letters with M and 32 with Q.
    for letters, level in ((42, "M"), (32, "Q")):
        address = "https://" + "a" * (letters - 8)
        assert read_back(draw_qr_code(address)) == (address, 29, level)
    assert read_back(draw_qr_code("https://" + "a" * 35))[1] == 33


def test_a_code_is_the_same_each_time() -> None:
    assert draw_qr_code("https://example.org/back-pain") == draw_qr_code("https://example.org/back-pain")
