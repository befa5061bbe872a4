"""Finishing for the press, shown on a document with all kinds of colors."""

import base64
import datetime as dt
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pikepdf
import pytest
from PIL import Image, ImageCms

from handouts.problems.collector import Problems
from support.command import run
from support.ink import measure
from support.paints import Color, Paint, paints
from support.pdf import pages as texts
from support.pdfx import faults

pytestmark = [  # WeasyPrint leaves a file open
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO:pytest.PytestUnraisableExceptionWarning"),
]

ROOT: Final = Path(__file__).parents[2]
PUBLISHED: Final = "2024-05-17"
TRIM_SIZES: Final = {"handout": (612, 792), "trifold": (792, 612), "booklet": (396, 612)}

BRAND: Final = (0x1F, 0x3A, 0x5F)
ACCENT: Final = (0x8A, 0x3B, 0x12)

COLORFUL: Final = Image.merge(
    "RGB", (Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90), Image.radial_gradient("L"))
).resize((40, 40))
GRAY: Final = Image.linear_gradient("L")
ALPHA: Final = Image.radial_gradient("L").resize((24, 24))
LOGO: Final = Image.merge("RGBA", (*Image.new("RGB", ALPHA.size, ACCENT).split(), ALPHA))

DRAWING: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80" viewBox="0 0 300 80">
<defs><linearGradient id="a"><stop offset="0" stop-color="#1f3a5f"/>
<stop offset="1" stop-color="#e0a030" stop-opacity=".3"/></linearGradient>
<radialGradient id="b"><stop offset="0" stop-color="#777"/><stop offset="1" stop-color="#111"/></radialGradient>
<mask id="c" maskUnits="userSpaceOnUse" x="180" y="0" width="90" height="80">
<rect x="180" width="90" height="80" fill="#404040"/><circle cx="220" cy="40" r="30" fill="#ffd0d0"/></mask></defs>
<rect width="100" height="80" fill="url(#a)"/><circle cx="140" cy="40" r="30" fill="url(#b)" stroke="#8a3b12"/>
<rect x="180" width="90" height="80" fill="#1f3a5f" mask="url(#c)"/></svg>"""


def file_of(picture: Image.Image, kind: str) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def link_to(data: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


INKED_JPEG: Final = file_of(COLORFUL.convert("CMYK"), "JPEG")

HTML: Final = f"""<!doctype html>
<html lang="en"><title>Bones &amp; <b></title><meta name="author" content="Spine Clinic">
<style>
  @page {{ size: 140mm 200mm; margin: 12mm; bleed: 3mm }}
  body {{ font: 10pt/14pt "Atkinson Hyperlegible Next"; color: #16191c; margin: 0 }}
  h1, h2 {{ color: #1f3a5f }} b {{ color: #8a3b12 }} small {{ color: #4a5157 }} img {{ height: 20mm }}
  .panel {{ background: #1f3a5f; color: #fff; padding: 2mm }}
  .across {{ height: 5mm; background: linear-gradient(90deg, #1f3a5f, #fff 50%, #8a3b12) }}
  .faint {{ height: 5mm; background: linear-gradient(90deg, #000, transparent) }}
  h2 {{ break-before: page }}
</style>
<h1>First page</h1>
<p>Black, <small>quiet</small>, <b>accent</b>, <a href="https://example.org/">a link</a>,
<i style="color: oklch(50% 0.15 250)">another way</i>, <i style="color: device-cmyk(1 1 1 1)">four inks</i>.</p>
<div class="panel">White <span style="color: rgba(255, 255, 255, .6)">translucent</span>
<span style="opacity: .5">half</span></div>
<div class="across"></div><div class="faint"></div>
<p><img src="{link_to(file_of(COLORFUL, "PNG"), "png")}"><img src="{link_to(file_of(COLORFUL, "JPEG"), "jpeg")}">
<img src="{link_to(file_of(LOGO, "PNG"), "png")}"><img src="{link_to(file_of(GRAY, "PNG"), "png")}">
<img src="{link_to(INKED_JPEG, "jpeg")}"></p>
<img src="{link_to(DRAWING.encode(), "svg+xml")}"><img src="content/handouts/spinal-fracture/vertebrae.svg">
<h2>Second page</h2>
</html>"""


def write(how: str = "press", html: str = HTML) -> tuple[bytes, Problems]:
    """Write a document as it is said, one way after the other; return the last file, and why there is none."""
    import weasyprint  # noqa: PLC0415 - it shall see no other clock than that of main()

    from handouts.pdf.finish.preflight import check_for_press  # noqa: PLC0415 - likewise
    from handouts.pdf.layout.renderer import load_engine  # noqa: PLC0415 - likewise
    from handouts.pdf.press.write_press import write_for_press  # noqa: PLC0415 - likewise

    load_engine()  # with the fonts of the repository
    document = weasyprint.HTML(string=html, base_url=f"{ROOT}/").render(pdf_variant="pdf/a-2a")
    problems = Problems()
    check_for_press(document, problems)
    data = b""
    for way in how.split(", ") if not problems.has_errors else ():
        if way == "screen":
            data = document.write_pdf(pdf_variant="pdf/a-2a")
        else:
            pages = [Marked(page) for page in document.pages[::-1]] if way == "turned" else document.pages
            data = write_for_press(document, pages, Problems(), created=dt.date.fromisoformat(PUBLISHED))
    return data, problems


def write_elsewhere(how: str, **environment: str) -> bytes:
    """Write the document in a process of its own (this file, run as a program) on another day."""
    variables = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment
    return subprocess.run([sys.executable, __file__, how], stdout=subprocess.PIPE, check=True, env=variables).stdout


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("press") / "press.pdf"
    content, problems = write()
    assert problems.as_tuple() == ()
    path.write_bytes(content)
    return path


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same pages, the last first, each with a mark beside it."""
    path = tmp_path_factory.mktemp("press") / "turned.pdf"
    path.write_bytes(write("turned")[0])
    return path


@pytest.fixture
def pdf(press: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(press) as opened:
        yield opened


def test_it_keeps_the_rules_of_pdf_x_4(press: Path) -> None:
    assert faults(press) == []


def test_poppler_takes_it_for_pdf_x_4(press: Path) -> None:
    done = subprocess.run(["pdfinfo", str(press)], capture_output=True, text=True, check=True)

    assert "Abbreviation:  PDF/X-4" in done.stdout
    assert done.stderr == ""


def test_everything_is_in_four_inks(pdf: pikepdf.Pdf) -> None:
    painted = list(paints(pdf))

    assert {paint.color.space for paint in painted if not paint.mask} == {"/DeviceCMYK", "/Pattern"}
    assert {paint.color.space for paint in painted if paint.mask} == {"/DeviceGray"}
    assert {paint.how for paint in painted if not paint.mask} == {
        *("set", "text", "fill", "stroke", "image", "shading", "group")
    }


def test_soft_masks_let_as_much_through_as_before(pdf: pikepdf.Pdf) -> None:
    fills = sorted({paint.color.numbers[0] for paint in paints(pdf) if paint.mask and paint.how == "fill"})

    # The luminosity of #404040 and #ffd0d0: 0.3 of red, 0.59 of green, 0.11 of blue.
    assert fills == pytest.approx([0x40 / 255, (0.3 * 255 + 0.7 * 0xD0) / 255], abs=0.001)


def test_black_and_quiet_text_is_on_one_plate(pdf: pikepdf.Pdf) -> None:
    colors = {paint.color.numbers for paint in paints(pdf) if paint.how == "text"}

    in_twentieths = {round(black * 20) for *others, black in colors if others == [0, 0, 0]}
    assert in_twentieths == {0, 17, 20}  # white, quiet and black


def test_only_black_letters_are_printed_over_what_is_under_them(pdf: pikepdf.Pdf) -> None:
    shown = {(paint.how, paint.color.numbers, paint.overprint) for paint in paints(pdf) if paint.how != "set"}

    assert {(how, numbers) for how, numbers, over in shown if over} == {("text", (0, 0, 0, 1))}
    assert ("text", (0, 0, 0, 1), False) not in shown


@pytest.mark.parametrize("color", [BRAND, ACCENT])
def test_brand_colors_are_those_of_the_color_management(pdf: pikepdf.Pdf, color: tuple[int, int, int]) -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()))
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    print_it, look = (
        ImageCms.buildTransform(*how, ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION)
        for how in ((screen, profile, "RGB", "CMYK"), (profile, screen, "CMYK", "RGB"))
    )
    measure = ImageCms.buildTransform(screen, ImageCms.createProfile("LAB"), "RGB", "LAB")
    flat = Image.new("RGB", (1, 1), color)
    inks = print_it.apply(flat)

    colors = {paint.color.numbers for paint in paints(pdf) if paint.how == "text"}
    assert any(painted == pytest.approx([part / 255 for part in inks.tobytes()], abs=0.005) for painted in colors)
    lab = [measure.apply(shown).tobytes() for shown in (flat, look.apply(inks))]
    lightness, *others = (((one - other + 128) & 255) - 128 for one, other in zip(*lab, strict=True))
    assert sum(difference**2 for difference in (lightness / 2.55, *others)) ** 0.5 <= 3


def test_no_spot_takes_more_than_300_percent_of_ink(pdf: pikepdf.Pdf) -> None:
    most: dict[str, float] = {}
    for paint in paints(pdf):
        if not paint.mask and paint.color.space == "/DeviceCMYK":
            for inks in all_inks(paint):
                most[paint.how] = max(most.get(paint.how, 0), sum(inks))

    assert most["text"] == pytest.approx(3, abs=0.001)  # what was 400 %
    assert max(most.values()) <= 3.001, most


def test_gray_gradients_and_pictures_are_black_alone_and_keep_their_shades(pdf: pikepdf.Pdf) -> None:
    sources = [list(all_inks(paint)) for paint in paints(pdf) if paint.how in {"image", "shading"} and not paint.mask]
    gray = [inks for inks in sources if inks and all(spot[:3] == (0, 0, 0) for spot in inks)]

    assert len(gray) == 3  # a picture, a gradient of CSS and one of a drawing
    picture = max(gray, key=len)
    assert len({black for *_, black in picture}) > 150
    assert (picture[0][3], picture[-1][3]) == (1, 0)


def test_pictures_keep_all_their_pixels(pdf: pikepdf.Pdf) -> None:
    images = [paint.source for paint in paints(pdf) if paint.how == "image"]
    profile = ImageCms.ImageCmsProfile(io.BytesIO(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()))
    screen = ImageCms.createProfile("sRGB")
    wanted = ImageCms.profileToProfile(
        COLORFUL,
        screen,
        profile,
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        "CMYK",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    assert wanted is not None

    assert [image.read_bytes() for image in images if image.Filter == "/FlateDecode"].count(wanted.tobytes()) == 1
    assert [image.read_raw_bytes() for image in images if image.Filter == "/DCTDecode"] == [INKED_JPEG]
    assert [image.SMask.read_bytes() for image in images if "/SMask" in image] == [ALPHA.tobytes()]


def test_pages_are_cut_where_the_style_sheet_says(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]

    trim, bleed = (list(map(float, box)) for box in (page.trimbox, page.obj.BleedBox))
    assert trim == pytest.approx([0, 0, 140 / 25.4 * 72, 200 / 25.4 * 72])
    assert [outer - inner for outer, inner in zip(bleed, trim, strict=True)] == pytest.approx(
        [part * 3 / 25.4 * 72 for part in (-1, -1, 1, 1)]
    )


def test_nothing_is_left_that_is_of_no_use_on_paper(pdf: pikepdf.Pdf) -> None:
    assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Lang", "/Metadata", "/OutputIntents"}
    assert not any("/Annots" in page.obj for page in pdf.pages)


def test_it_says_what_it_is_and_the_day_it_was_published(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20240517000000Z"
    assert pdf.Root.OutputIntents[0].OutputConditionIdentifier == "FOGRA39"
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Bones & <b>"
        assert metadata["dc:creator"] == ["Spine Clinic"]
        assert {metadata[f"xmp:{name}"] for name in ("CreateDate", "ModifyDate", "MetadataDate")} == {
            f"{PUBLISHED}T00:00:00Z"
        }


def test_the_same_bytes_are_written_on_any_day_in_any_place_and_after_other_files(press: Path) -> None:
    """The document that they are written from stays as it was."""
    how = "screen, press, screen, press"
    again = write_elsewhere(how, PYTHONHASHSEED="1", TZ="Pacific/Auckland", DAY="2031-02-03")

    assert again == press.read_bytes()


def test_other_files_have_other_numbers(press: Path, turned: Path) -> None:
    numbers = set()
    for file in (press, turned):
        with pikepdf.open(file) as pdf, pdf.open_metadata() as metadata:
            numbers |= {metadata["xmpMM:DocumentID"], bytes(pdf.trailer.ID[0])}

    assert len(numbers) == 4


def test_pages_are_written_in_the_order_given(turned: Path) -> None:
    assert [page.split(" page")[0].strip() for page in texts(turned)] == ["Second", "First"]


def test_marks_are_on_all_plates(turned: Path) -> None:
    with pikepdf.open(turned) as pdf:
        strokes = [paint.color for paint in paints(pdf) if paint.how == "stroke"]
        left = float(pdf.pages[0].mediabox[0])
        space = pdf.pages[0].Resources.ColorSpace.All

    assert strokes[-1] == Color("/Separation", (1,))
    assert [str(part) for part in list(space)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]
    assert left == pytest.approx(-15)  # 20 pixels of room for the mark
    assert faults(turned) == []


def test_what_cannot_be_printed_in_four_inks_is_reported() -> None:
    profile = (ROOT / "styles/color/coated-fogra39-300.icc").as_uri()
    content, problems = write(html=f"<style>@color-profile --spot {{ src: url({profile}) }}")

    title, profile = map(str, problems)
    assert "error[not-for-press]: not for the press: the document has no title" in title
    assert 'error[not-for-press]: not for the press: a style sheet defines the color profile "--spot"' in profile
    assert content == b""


def test_a_file_for_screens_is_no_file_for_the_press() -> None:
    found = faults(write("screen")[0])

    assert "6.4: text in DeviceRGB, which the output intent does not explain" in found
    assert "6.4: there are 0 output intents for PDF/X, not 1" in found
    assert "6.10: the metadata does not say PDF/X-4" in found
    assert "6.17: page 1: an annotation /Link is in what is printed" in found


def change_metadata(pdf: pikepdf.Pdf, before: bytes, after: bytes) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    assert before in packet
    pdf.Root.Metadata = pdf.make_stream(packet.replace(before, after), Type=pikepdf.Name.Metadata)


def first_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    font: pikepdf.Object = next(iter(pdf.pages[0].Resources.Font.values()))
    return font.DescendantFonts[0].FontDescriptor


def state(**entries: Any) -> Callable[[pikepdf.Pdf], None]:  # noqa: ANN401 - whatever PDF has
    return lambda pdf: pdf.pages[0].Resources.ExtGState.update({"/planted": pikepdf.Dictionary(**entries)})


PLANTED: Final[dict[str, Callable[[pikepdf.Pdf], object]]] = {
    "6.4: set in DeviceRGB": lambda pdf: pdf.pages[0].contents_add(b"1 0 0 rg"),
    "6.4: fill in DeviceRGB": lambda pdf: pdf.pages[0].contents_add(b"q /DeviceRGB cs 1 0 0 sc 0 0 9 9 re f Q"),
    "6.4: there are 2 output": lambda pdf: pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0]),
    "6.4: the output intent has no profile": lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/DestOutputProfile"),
    "6.4: the profile of the output intent is not that of a printer": lambda pdf: pdf.Root.OutputIntents[0].update(
        {"/DestOutputProfile": pdf.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())}
    ),
    "6.4: the profile of the output intent has another": lambda pdf: pdf.Root.OutputIntents[0].DestOutputProfile.update(
        {"/N": 3}
    ),
    "6.4: the output intent names no printing": lambda pdf: pdf.Root.OutputIntents[0].__delitem__(
        "/OutputConditionIdentifier"
    ),
    "6.5": lambda pdf: first_font(pdf).__delitem__("/FontFile2"),
    "6.10: the metadata does not say": lambda pdf: change_metadata(pdf, b"PDF/X-4", b"PDF/X-1"),
    "6.10: the metadata has no DocumentID": lambda pdf: change_metadata(pdf, b"xmpMM:DocumentID", b"xmpMM:Other"),
    "6.10: the metadata says another Title": lambda pdf: pdf.trailer.Info.update({"/Title": "Something else"}),
    "6.10: the metadata says another ModDate": lambda pdf: pdf.trailer.Info.update({"/ModDate": "D:20200101000000Z"}),
    "CGATS 2.17": lambda pdf: pdf.trailer.Info.__delitem__("/Trapped"),
    "CGATS 2.10: page 2 has": lambda pdf: pdf.pages[1].obj.__delitem__("/TrimBox"),
    "CGATS 2.10: page 1: the TrimBox": lambda pdf: pdf.pages[0].obj.update({"/TrimBox": [-50, 0, 90, 90]}),
    "6.13": state(TR=pikepdf.Name.Identity),
    "6.17": lambda pdf: pdf.pages[0].obj.update(
        {"/Annots": [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[50, 50, 60, 60])]}
    ),
    "6.18: the document": lambda pdf: pdf.Root.update({"/OpenAction": [pdf.pages[0].obj, pikepdf.Name.Fit]}),
    "6.18: there is an action": lambda pdf: pdf.Root.update(
        {"/Planted": pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript))}
    ),
    "6.20: there is a blend": state(BM=pikepdf.Name.Invented),
    "6.20: page 2": lambda pdf: pdf.pages[1].obj.__delitem__("/Group"),
    "6.26": lambda pdf: pdf.Root.update({"/AcroForm": pikepdf.Dictionary(Fields=[])}),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_planted_faults_are_found(press: Path, fault: str) -> None:
    with pikepdf.open(press) as pdf:
        PLANTED[fault](pdf)
        file = io.BytesIO()
        pdf.save(file, fix_metadata_version=False, compress_streams=False)

    found = faults(file.getvalue())

    assert found
    assert all(one.startswith((fault, fault.partition(":")[0])) for one in found), found
    assert any(one.startswith(fault) for one in found), found


def test_how_the_file_is_written_is_looked_at_too(press: Path) -> None:
    with pikepdf.open(press) as pdf:
        file = io.BytesIO()
        pdf.save(file, min_version="1.7", encryption=pikepdf.Encryption(owner="owner"))

    assert faults(file.getvalue())[:2] == ["6.1: the file is PDF 1.7, not 1.6", "6.1: the file is encrypted"]


def test_ink_is_measured(tmp_path: Path) -> None:
    path = tmp_path / "pages.pdf"
    blank, black, gray, red = (Image.new("RGB", (200, 100), name) for name in ("white", "black", "#808080", "red"))
    half = blank.copy()
    half.paste(black.resize((100, 100)))
    blank.save(path, "PDF", save_all=True, append_images=[black, gray, half, red])

    found = measure(path)
    assert [page.black for page in found] == pytest.approx([0, 1, 0.5, 0.5, 0.7], abs=0.01)
    assert [page.toner for page in found] == pytest.approx([0, 1, 0.5, 0.5, 2], abs=0.02)


def all_inks(paint: Paint) -> Iterator[tuple[float, ...]]:
    """Return all inks of what is painted: those of each pixel of a picture, and of each step of a gradient."""
    if paint.how == "image" and paint.source.Filter == "/DCTDecode":
        return  # it came in inks, and stays as it is
    if paint.how == "image":
        yield from spots(paint.source.read_bytes())
    elif paint.how == "shading":
        for function in paint.source.Function.Functions:
            yield from spots(function.read_bytes())
    elif paint.how != "group":
        yield paint.color.numbers


def spots(data: bytes) -> Iterator[tuple[float, ...]]:
    return (tuple(part / 255 for part in data[place : place + 4]) for place in range(0, len(data), 4))


class Marked:
    """A page with room for a mark around it, as the pages of sheets are."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        self._page = page
        self.bleed = dict.fromkeys(("top", "right", "bottom", "left"), 20)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - likewise
        return getattr(self._page, name)

    def paint(self, stream: Any, scale: float = 1) -> None:  # noqa: ANN401 - likewise
        self._page.paint(stream, scale)
        stream.set_color_space("All", stroke=True)
        stream.set_color_special(None, True, 1)  # noqa: FBT003 - its signature
        stream.move_to(-15, 0)
        stream.line_to(-10, 0)
        stream.stroke()


def main() -> None:
    """Write the document to standard output, on a day of one's own."""
    moment = dt.datetime.fromisoformat(os.environ["DAY"]).timestamp()
    here, time.time = time.localtime, lambda: moment
    time.localtime = lambda seconds=None: here(moment if seconds is None else seconds)
    sys.stdout.buffer.write(write(sys.argv[1])[0])


if __name__ == "__main__":
    main()


@pytest.fixture(scope="module")
def shipped_for_press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sections of the shipped handout for the press, in each format with a size of its own."""
    output = tmp_path_factory.mktemp("shipped for press")
    chosen = ("spinal-fracture", "-s", "leaflet", "-l", "en", "-p", "lakeside-spine-center")
    kinds = [word for kind in TRIM_SIZES for word in ("-f", kind)]
    ran = run(ROOT, "build", *chosen, *kinds, "--press", "-o", str(output))
    assert ran.code == 0, ran.err
    return output


@pytest.mark.parametrize("kind", TRIM_SIZES)
def test_a_shipped_handout_for_the_press_is_pdf_x_4_with_room_for_marks(kind: str, shipped_for_press: Path) -> None:
    (file,) = shipped_for_press.glob(f"*/*.{kind}-press.pdf")
    assert faults(file) == []
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            media, bleed, trim = ([float(edge) for edge in page[box]] for box in ("/MediaBox", "/BleedBox", "/TrimBox"))
            assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx(TRIM_SIZES[kind], abs=0.01)
            # At least 1/8 inch and 3 mm on each side, and beyond it room for marks.
            assert all(abs(outer - inner) >= 9 for outer, inner in zip(bleed, trim, strict=True))
            assert all(abs(outer - inner) >= 18 for outer, inner in zip(media, bleed, strict=True))
