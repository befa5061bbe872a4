"""The structure tree of a PDF, read back: its elements, and which text of the pages stands in which of them."""

from collections.abc import Iterator
from itertools import groupby

import pikepdf


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Return all structure elements, parents before children."""
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop(0)
        yield element
        waiting = [kid for kid in element.K if is_element(kid)] + waiting


def is_element(kid: pikepdf.Object) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem"


def outline(pdf: pikepdf.Pdf) -> list[str]:
    """Return a line for each structure element, indented by its depth."""
    texts = {page.obj.objgen: marked_text(page.obj) for page in pdf.pages}
    return list(_lines(pdf.Root.StructTreeRoot.K[0], texts, 0))


def _lines(element: pikepdf.Object, texts: dict[tuple[int, int], dict[int, str]], depth: int) -> Iterator[str]:
    """Return the lines of an element and of its content; text beside other content has lines of its own."""
    parts: list[str | pikepdf.Object] = []
    facts = []
    for kid in element.K:
        if not isinstance(kid, pikepdf.Dictionary):
            parts.append(texts[element.Pg.objgen][int(kid)])
        elif kid.get("/Type") == "/MCR":
            parts.append((marked_text(kid.Stm) if "/Stm" in kid else texts[kid.Pg.objgen])[int(kid.MCID)])
        elif kid.get("/Type") == "/OBJR":
            facts.append(f"Contents={kid.Obj.Contents}")
        else:
            assert kid.P.objgen == element.objgen
            parts.append(kid)
    facts += [f"{key}={element[f'/{key}']}" for key in ("Alt", "E", "ID", "Lang") if f"/{key}" in element]
    for attributes in element.get("/A", []):
        facts += [f"{key[1:]}={value}" for key, value in sorted(attributes.items()) if key not in {"/O", "/BBox"}]
    inner: list[str] = []
    for is_text, group in groupby(parts, key=lambda part: isinstance(part, str)):
        if is_text:
            words = " ".join(" ".join(map(str, group)).split())
            inner += [f'{"  " * (depth + 1)}"{words}"'] if words else []
        else:
            inner += [line for kid in group if not isinstance(kid, str) for line in _lines(kid, texts, depth + 1)]
    alone = [line.strip() for line in inner] if all(isinstance(part, str) for part in parts) else []
    yield "  " * depth + " ".join([str(element.S)[1:], *alone, *facts])
    yield from () if alone else inner


def marked_text(stream: pikepdf.Object) -> dict[int, str]:
    """Return the text of each marked-content sequence of a page or form that is no artifact, by its number."""
    return {kind: text for kind, text in sequences(stream) if isinstance(kind, int)}


def sequences(stream: pikepdf.Object) -> Iterator[tuple[int | str, str]]:
    """Return number, or type of artifact, and text of each marked-content sequence that stands in no other."""
    fonts = {name: _unicode(font) for name, font in stream.Resources.Font.items()}
    font: dict[str, str] = {}
    opened: list[int | str] = []
    text = ""
    for instruction in pikepdf.parse_content_stream(stream):
        operator, operands = str(instruction.operator), instruction.operands
        if operator in {"BMC", "BDC"}:
            properties = operands[1] if operator == "BDC" else pikepdf.Dictionary()
            opened.append(int(properties.MCID) if "/MCID" in properties else str(properties.get("/Type", "")))
        elif operator == "EMC":
            kind = opened.pop()
            if not opened:
                yield kind, text
                text = ""
        elif operator == "Tf":
            font = fonts[str(operands[0])]
        elif operator == "TJ":
            codes = "".join(bytes(piece).hex() for piece in operands[0] if isinstance(piece, pikepdf.String))
            text += "".join(font[codes[place : place + 4]] for place in range(0, len(codes), 4))


def _unicode(font: pikepdf.Object) -> dict[str, str]:
    """Return the text of each glyph, both named by hexadecimal digits in the font's table."""
    rows = (line.split() for line in font.ToUnicode.read_bytes().decode().splitlines() if line.startswith("<"))
    return {
        row[0].strip("<>").lower(): bytes.fromhex(row[1].strip("<>")).decode("utf-16-be")
        for row in rows
        if len(row) == 2
    }
