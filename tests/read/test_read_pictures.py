"""Pictures from strangers: drawings that load or run something, and huge pictures, are refused before decoding."""

import struct
from collections.abc import Iterator

import pytest
from PIL import Image

from handouts.assets.svg import UNSAFE_SVG
from handouts.problems.problem import Place
from handouts.read.pictures import read_picture_size
from support.projects import HANDOUT, LOGO, PRACTICE, SETTINGS, SmallProject

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n{}\n</svg>'
RECT = '<rect width="9" height="9" '
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
HINT = "export it as SVG with texts as paths, and without pictures, links and scripts"
REFUSED = [
    ("<script>alert(1)</script>", "<script> is not allowed"),
    ("<g>\n<script href='#a'/></g>", "<script> is not allowed"),
    ("<image href='#a'/>", "<image> is not allowed"),
    ("<image xlink:href='https://a.example/x.png'/>", "<image> is not allowed"),
    ("<foreignObject><p/></foreignObject>", "<foreignObject> is not allowed"),
    ("<style>@import 'https://a.example/x.css';\n</style>", "its <style> could load something from outside"),
    ("<style>.a{fill:u\\72l(//a.example)}\n</style>", "its <style> could load something from outside"),
    ("<style>@font-face{src:url(https://a.example)}\n</style>", "its <style> could load something from outside"),
    ("<a href='#b'/>", "<a> is not allowed"),
    ("<animate attributeName='href'/>", "<animate> is not allowed"),
    ("<set attributeName='href'/>", "<set> is not allowed"),
    ("<filter>\n<feImage href='#a'/></filter>", "<feImage> is not allowed"),
    ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>", "<script> is not allowed"),
    ("<image xmlns=''/>", "<image> is not allowed"),
    (f"{RECT}onload='x'/>", "the attribute onload is not allowed: it can run code"),
    (f"{RECT}ONCLICK='x'/>", "the attribute ONCLICK is not allowed: it can run code"),
    ("<use href='https://a.example/x.svg#a'/>", 'href="https://a.example/x.svg#a" leads out of the drawing'),
    ("<use href='x.svg#a'/>", 'href="x.svg#a" leads out of the drawing'),
    ("<use href=' #a'/>", 'href=" #a" leads out of the drawing'),
    ("<use href='data:image/svg+xml,x'/>", 'href="data:image/svg+xml,x" leads out of the drawing'),
    ("<use href='javascript:alert(1)'/>", 'href="javascript:alert(1)" leads out of the drawing'),
    ("<use xlink:href='/etc/passwd'/>", 'href="/etc/passwd" leads out of the drawing'),
    ("<use href='#a' xlink:href='x.svg'/>", 'href="x.svg" leads out of the drawing'),
    ("<use xlink:href='x.svg' href='#a'/>", 'href="x.svg" leads out of the drawing'),
    ("<g transform='scale(1e308)'/>", "has a number that is out of range"),
    (f"{RECT}x='NaN'/>", "has a number that is out of range"),
    ("<circle r='1e9'/>", "has a number that is out of range"),
    ("<circle r='12345678'/>", "has a number that is out of range"),
    ("<path d='M0 0L12345678-5'/>", "has a number that is out of range"),
    ("<path d='M0 0l-1.5E+10V2'/>", "has a number that is out of range"),
    ("<path d='M0 0L1.e10V2'/>", "has a number that is out of range"),
    ("<path d='M0 0 NaN 5'/>", "has a number that is out of range"),
    ("<circle r='\u0661\u0662345678'/>", "has a number that is out of range"),  # Arabic digits are digits, too
    ("<circle r='-Infinity'/>", "has a number that is out of range"),
    ("<g xml:base='https://a.example'/>", 'base="https://a.example" could load something'),
    (f"{RECT}fill='url(http://a.example/#a)'/>", 'fill="url(http://a.example/#a)" could load something'),
    (f"{RECT}fill='url( &quot;x.svg#a&quot; )'/>", "could load something from outside"),
    (f"{RECT}fill='URL(x.svg#a)'/>", "could load something from outside"),
    (f"{RECT}style='fill: u\\72l(http://a.example)'/>", "could load something from outside"),
    (f"{RECT}style='background: image-set(&quot;x&quot; 1x)'/>", "could load something from outside"),
    (f"{RECT}style='@import &quot;x&quot;'/>", "could load something from outside"),
    (f"{RECT}style='width: expression(alert(1))'/>", "could load something from outside"),
]
ALLOWED = [
    "<x:y xmlns:x='urn:x' href='https://a.example'/>",
    "<style>.a{fill:red}</style><g class='a'/>",
    "<switch><foreignObject><p onclick='x'/></foreignObject><g/></switch>",
    "<path d='M0.123456789 1e-12h.00000000001'/>",
    f"<defs><linearGradient id='a'><stop offset='0'/></linearGradient></defs>{RECT}fill='url(#a)'/>",
    f"{RECT}fill='url( \"#a\" )' style=\"stroke: url('#b')\"/>",
    "<defs><g id='a'/></defs><use href='#a' xlink:href='#a'/>",
    "<metadata><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' r:about='https://a.example'/></metadata>",
    "<i:grid xmlns:i='http://www.inkscape.org/namespaces/inkscape'/>",
    "<text>javascript:alert(1) &lt;script&gt; url(http://a.example)</text>",
    "<g>" * 90 + "</g>" * 90,
]


def chain(element: str, attribute: str, reference: str) -> str:
    """Write a chain of elements, each of which draws the one before it twice."""
    links = [f"{attribute}='{reference.format(n)}'" for n in range(40)]
    chained = (f"<{element} id='a{n}'><use {link}/><g {link}/></{element}>" for n, link in enumerate(links, start=1))
    return f"<{element} id='a0'/>" + "".join(chained)


def growing() -> Iterator[tuple[str, str]]:
    yield "use", chain("g", "href", "#a{}")
    yield "linked use", chain("symbol", "xlink:href", "#a{}")
    yield "patterns", chain("pattern", "fill", "url(#a{})")
    yield "quoted patterns", chain("pattern", "stroke", "URL( &quot;#a{}&quot; )")
    yield "masks", chain("mask", "mask", "url(#a{})")
    yield "styled masks", chain("mask", "style", "opacity: 1; mask: url(#a{})")
    yield "clips", chain("clipPath", "clip-path", "url(#%61{})")
    yield "itself", "<g id='a'><use href='#a'/></g>"
    yield "in a circle", "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>"
    yield "inherited", "<pattern id='a'>" + "<g/>" * 300 + "</pattern><g fill='url(#a)'>" + "<path/>" * 300 + "</g>"
    yield (
        "markers",
        "<marker id='a'>" + "<g/>" * 300 + "</marker><path style='marker-mid: url(#a)' d='" + "h1" * 300 + "'/>",
    )


@pytest.mark.parametrize(("content", "message"), REFUSED)
def test_drawings_that_could_load_or_run_are_refused(project: SmallProject, content: str, message: str) -> None:
    project.write(LOGO, SVG.format(content))
    (problem,) = project.problems()
    assert (problem.code, problem.hint) == ("unsafe-svg", HINT)
    assert message in problem.message
    assert problem.place == Place(LOGO, 2 + content.count("\n"), 1)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n{SVG}'.replace("{}", "&a;"), 1, 'the entity "a"'),
        (f'<!DOCTYPE svg [<!ENTITY % a "x">]>\n{SVG}', 1, 'the entity "a"'),
        (f'<!DOCTYPE svg [<!ENTITY a "xxx"><!ENTITY b "&a;&a;">]>\n{SVG}'.replace("{}", "&b;"), 1, 'the entity "b"'),
        (f'<?xml-stylesheet href="https://a.example/x.css"?>\n{SVG}', 1, "<?xml-stylesheet?> is not allowed"),
        (f"{SVG}\n<?php x ?>", 4, "<?php?> is not allowed"),
        ("<svg><g/></svg>", 1, "the first element has to be <svg xmlns="),
        ('\n<html xmlns="http://www.w3.org/1999/xhtml"/>', 2, "the first element has to be <svg xmlns="),
    ],
)
def test_doctypes_and_instructions_are_refused(project: SmallProject, text: str, line: int, message: str) -> None:
    project.write(LOGO, text.replace("{}", ""))
    (problem,) = project.problems()
    assert problem.code == "unsafe-svg"
    assert problem.place
    assert (problem.place.file, problem.place.line) == (LOGO, line)
    assert problem.message.startswith(f"unsafe SVG: {message}")


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        '<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>',
    ],
)
def test_doctypes_of_drawing_programs_are_accepted(project: SmallProject, doctype: str) -> None:
    project.write(LOGO, f"{doctype}\n{SVG.format('')}")
    assert project.problems() == ()


@pytest.mark.parametrize("content", ALLOWED)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_drawings_are_accepted(project: SmallProject, content: str, encoding: str) -> None:
    project.write(LOGO, SVG.format(content).encode(encoding))
    assert project.problems() == ()


@pytest.mark.parametrize("content", [content for _, content in growing()], ids=[name for name, _ in growing()])
def test_drawings_that_grow_without_bound_are_refused(project: SmallProject, content: str) -> None:
    project.write(LOGO, SVG.format(content))
    reason = "its elements are drawn too many times: they refer to one another again and again"
    assert project.problems() == (UNSAFE_SVG.at(Place(LOGO), reason=reason),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<g>" * 100_000 + "</g>" * 100_000, "its elements are nested too deeply"),
        ("<g>" * 100_000, "its elements are nested too deeply"),
        ("<g/>" * 25_000, "it has too many elements"),
    ],
)
def test_drawings_that_are_too_large_are_refused(project: SmallProject, content: str, message: str) -> None:
    project.write(LOGO, SVG.format(content))
    (problem,) = project.problems()
    assert (problem.code, problem.message) == ("unsafe-svg", f"unsafe SVG: {message}")


@pytest.mark.parametrize("encoding", ["none-such", "utf-7", "idna", "rot13", "zlib"])
def test_unknown_encodings_are_refused(project: SmallProject, encoding: str) -> None:
    project.write(LOGO, f'<?xml version="1.0" encoding="{encoding}"?>{SVG}')
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("not-svg", project.place(PRACTICE, "logo.svg"))


def jpeg(*segments: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(segments)


def frame(width: int, height: int, marker: bytes = b"\xc0") -> bytes:
    return b"\xff" + marker + b"\0\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\0"


@pytest.mark.parametrize(
    ("raw", "size"),
    [
        (PNG + struct.pack(">II", 3, 4), (3, 4)),
        (PNG + struct.pack(">II", 3, 4)[:7], None),
        (PNG, None),
        (jpeg(frame(3, 4)), (3, 4)),
        (jpeg(b"\xff\xe0\0\x04ab", frame(3, 4, b"\xc2")), (3, 4)),
        (jpeg(b"\xff\xe1\0\x0d" + frame(9, 9)[:11], b"\xff\xff\xff" + frame(3, 4)), (3, 4)),
        (jpeg(b"\xff\xc4\0\x0d" + b"\0" * 11, frame(3, 4)), (3, 4)),
        (jpeg(frame(3, 4)[:8]), None),
        (jpeg(b"\xff\xe0"), None),
        (jpeg(b"\xff\xe0\xff"), None),
        (jpeg(b"\xff\xe0\xff\xff"), None),
        (jpeg(b"\xff\xe0\0\0" * 1_000, frame(3, 4)), None),
        (jpeg(b"\xff\xe0\0\x01" * 1_000, frame(3, 4)), None),
        (jpeg(b"\xff\xe0\0\x02" * 200_000), None),
        (jpeg(b"\xff" * 2_000_000), None),
        (b"", None),
        (b"GIF89a" + bytes(100), None),
    ],
    ids=lambda value: str(value)[:24],
)
def test_the_size_is_read_from_the_header(raw: bytes, size: tuple[int, int] | None) -> None:
    assert read_picture_size(raw) == size


@pytest.mark.parametrize("size", [(100_000, 100_000), (2**32 - 1, 1), (3, 0), (0, 3)])
def test_pictures_are_measured_before_they_are_decoded(project: SmallProject, size: tuple[int, int]) -> None:
    project.write("content/practices/clinic/logo.png", PNG + struct.pack(">II", *size))
    project.replace(PRACTICE, "logo.svg", "logo.png")
    (problem,) = project.problems()
    assert problem.place == project.place(PRACTICE, "logo.png")
    assert problem.code == ("not-a-picture" if 0 in size else "picture-too-large")


def test_limits_come_from_the_settings(project: SmallProject) -> None:
    Image.new("L", (4, 3)).save(project.root / "content/handouts/back/x.png")
    project.replace(HANDOUT, "- after a fall", "- ![Bones](x.png)")
    place = project.place(HANDOUT, "![Bones]")
    assert project.problems() == ()
    project.write(SETTINGS, "pictures: {max_pixels: 11}\n")
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("picture-too-large", place)
    assert problem.message.endswith("back/x.png is too large: 4 x 3 pixels, and the limit is 11 pixels in all")
    assert problem.hint == "save it smaller, or raise pictures: max_pixels in handouts.yaml"
    project.write(SETTINGS, "pictures: {max_bytes: 23}\n")
    size = (project.root / "content/handouts/back/x.png").stat().st_size
    problem = next(problem for problem in project.problems() if problem.place == place)
    assert problem.message == f"x.png is too large: {size} bytes, and the limit is 23 bytes"
    assert problem.hint == "save it smaller, or raise pictures: max_bytes in handouts.yaml"
