"""Tell where a file breaks the rules of PDF/X-4.

No free validator knows PDF/X (veraPDF does not), and ISO 15930-7:2010 itself is not free. These rules are what is
publicly said of it, as far as it concerns what handouts writes; a number alone is the clause that has the subject in
its table of contents. Others are of ISO 32000-1, or of the application notes for PDF/X by CGATS (2006). That a file
keeps them is no proof that it conforms.
"""

import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pikepdf

from support.paints import paints

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XMP: Final = "{http://ns.adobe.com/xap/1.0/}"
_MM: Final = "{http://ns.adobe.com/xap/1.0/mm/}"
_PDF: Final = "{http://ns.adobe.com/pdf/1.3/}"
_PDFX: Final = "{http://www.npes.org/pdfx/ns/id/}"
_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
_BLEND_MODES: Final = {"/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten"} | {
    *("/ColorDodge", "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion"),
    *("/Hue", "/Saturation", "/Color", "/Luminosity"),
}
# What is printed before the pages are cut may lie outside of them.
_MARKS: Final = {"/PrinterMark", "/TrapNet"}
_ROUNDING: Final = 0.001


def faults(file: Path | bytes) -> list[str]:
    """Return each rule that a file breaks, as "clause: what is wrong"; nothing when it keeps all."""
    content = file if isinstance(file, bytes) else file.read_bytes()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            *_file(pdf),
            *_output_intent(pdf),
            *_metadata(pdf),
            *(fault for number, page in enumerate(pdf.pages, 1) for fault in _page(page.obj, f"page {number}")),
            *_document(pdf),
            *(fault for entry in pdf.objects for fault in _object(entry)),
            *_colors(pdf),
        ]


def _file(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.pdf_version > "1.6" or "/Version" in pdf.Root:
        yield f"6.1: the file is PDF {pdf.pdf_version}, not 1.6"
    if pdf.is_encrypted:
        yield "6.1: the file is encrypted"
    if len(pdf.trailer.get("/ID", ())) != 2:
        yield "6.10: the file has no ID"


def _output_intent(pdf: pikepdf.Pdf) -> Iterator[str]:
    intents = [entry for entry in pdf.Root.get("/OutputIntents", ()) if entry.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield f"6.4: there are {len(intents)} output intents for PDF/X, not 1"
        return
    (intent,) = intents
    if not str(intent.get("/OutputConditionIdentifier", "")):
        yield "6.4: the output intent names no printing condition"
    if not str(intent.get("/RegistryName", intent.get("/Info", ""))):
        yield "ISO 32000-1, 14.11.5: the output intent names no registry, and does not say what it is for"
    if "/DestOutputProfile" not in intent:
        yield "6.4: the output intent has no profile"
        return
    profile = intent.DestOutputProfile.read_bytes()
    if profile[36:40] != b"acsp" or int.from_bytes(profile[:4], "big") != len(profile):
        yield "6.4: the profile of the output intent is no ICC profile"
    elif profile[12:16] != b"prtr" or profile[8] > 4:
        yield "6.4: the profile of the output intent is not that of a printer"
    elif {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}.get(profile[16:20]) != intent.DestOutputProfile.get("/N"):
        yield "6.4: the profile of the output intent has another number of colors than it says"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" not in pdf.Root:
        yield "6.10: there is no metadata"
        return
    if "/Filter" in pdf.Root.Metadata:
        yield "ISO 32000-1, 14.3.2: the metadata is compressed"
    said = {}
    for description in ET.fromstring(pdf.Root.Metadata.read_bytes()).iter(f"{_RDF}Description"):  # noqa: S314 - our own
        said.update(description.attrib)
        said.update({child.tag: "".join(child.itertext()) for child in description})
    if said.get(f"{_PDFX}GTS_PDFXVersion") != "PDF/X-4":
        yield "6.10: the metadata does not say PDF/X-4"
    needed = (f"{_MM}DocumentID", f"{_MM}VersionID", f"{_MM}RenditionClass", f"{_XMP}MetadataDate")
    yield from (f"6.10: the metadata has no {name.split('}')[1]}" for name in needed if not said.get(name))
    info = pdf.trailer.get("/Info", pikepdf.Dictionary())
    for name, key in ((_TITLE, "/Title"), (f"{_XMP}CreateDate", "/CreationDate"), (f"{_XMP}ModifyDate", "/ModDate")):
        in_metadata, in_info = said.get(name, ""), str(info.get(key, ""))
        if not in_metadata:
            yield f"6.10: the metadata has no {name.split('}')[1]}"
        elif in_info and _plain(in_info) != _plain(in_metadata):
            yield f"6.10: the metadata says another {key[1:]} than the information dictionary"
    if said.get(f"{_PDF}Trapped") not in {"True", "False"}:
        yield "CGATS 2.17: the metadata does not say whether the file is trapped"
    if info.get("/Trapped") not in {pikepdf.Name("/True"), pikepdf.Name("/False")}:
        yield "CGATS 2.17: the information dictionary does not say whether the file is trapped"


def _plain(value: str) -> str:
    """Return a date without what its two ways to be written differ in, other texts as they are."""
    return value.removeprefix("D:").translate({ord(letter): "" for letter in "-:T"})


def _page(page: pikepdf.Object, place: str) -> Iterator[str]:
    if ("/TrimBox" in page) == ("/ArtBox" in page):
        yield f"CGATS 2.10: {place} has to have either a TrimBox or an ArtBox"
    boxes = [name for name in ("/TrimBox", "/ArtBox", "/BleedBox", "/CropBox", "/MediaBox") if name in page]
    for inner, outer in pairwise(boxes):
        if not _within(page[inner], page[outer]):
            yield f"CGATS 2.10: {place}: the {inner[1:]} is not within the {outer[1:]}"
    bleed = page.get("/BleedBox", page.get("/TrimBox", page.MediaBox))
    for annotation in page.get("/Annots", ()):
        if annotation.get("/Subtype") not in _MARKS and _meets(annotation.Rect, bleed):
            yield f"6.17: {place}: an annotation {annotation.get('/Subtype')} is in what is printed"
    if "/AA" in page:
        yield f"6.18: {place} has actions"


def _within(inner: pikepdf.Object, outer: pikepdf.Object) -> bool:
    (a, b, c, d), (e, f, g, h) = (tuple(map(float, box)) for box in (inner, outer))
    return a >= e - _ROUNDING and b >= f - _ROUNDING and c <= g + _ROUNDING and d <= h + _ROUNDING


def _meets(one: pikepdf.Object, other: pikepdf.Object) -> bool:
    (a, b, c, d), (e, f, g, h) = (tuple(map(float, box)) for box in (one, other))
    return a < g and e < c and b < h and f < d


def _document(pdf: pikepdf.Pdf) -> Iterator[str]:
    names = pdf.Root.get("/Names", pikepdf.Dictionary())
    yield from (f"6.18: the document has {key[1:]}" for key in ("/OpenAction", "/AA") if key in pdf.Root)
    if "/JavaScript" in names:
        yield "6.18: the document has JavaScript"
    if "/EmbeddedFiles" in names:
        yield "CGATS 2: the document has embedded files"
    if "/AcroForm" in pdf.Root:
        yield "6.26: the document has a form"


def _object(entry: pikepdf.Object) -> Iterator[str]:
    """Check what concerns an object wherever it is used."""
    if not isinstance(entry, pikepdf.Dictionary | pikepdf.Stream):
        return
    filters = entry.get("/Filter", ()) if isinstance(entry, pikepdf.Stream) else ()
    if "/LZWDecode" in ([filters] if isinstance(filters, pikepdf.Name) else list(filters)):
        yield "CGATS 2: a stream is compressed with LZW"
    if entry.get("/Subtype") == "/PS" or entry.get("/Subtype2") == "/PS":
        yield "6.14: there is PostScript in the file"
    yield from (f"CGATS 3.1: an object has {key[1:]}" for key in ("/OPI", "/Ref", "/Alternates") if key in entry)
    if entry.get("/S") in {pikepdf.Name(f"/{name}") for name in ("JavaScript", "URI", "Launch", "GoToR", "SubmitForm")}:
        yield f"6.18: there is an action {entry.S}"
    if entry.get("/Type") == "/FontDescriptor" and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(entry.keys()):
        yield f"6.5: the font {entry.get('/FontName')} is not embedded"
    for state in (entry, *entry.get("/ExtGState", {}).values()):
        yield from _state(state)


def _state(state: pikepdf.Object) -> Iterator[str]:
    if "/TR" in state or state.get("/TR2", "/Default") != "/Default" or "/HTP" in state:
        yield "6.13: a graphics state has a transfer function"
    mode = state.get("/BM", "/Normal")
    if isinstance(mode, pikepdf.Name) and str(mode) not in _BLEND_MODES:
        yield f"6.20: there is a blend mode {mode}"


def _colors(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Check that what is not in the colors of the output intent, of four inks, says what it is."""
    for paint in paints(pdf):
        if paint.color.space in {"/DeviceRGB", "/Indexed /DeviceRGB"}:
            yield f"6.4: {paint.how} in DeviceRGB, which the output intent does not explain"
        elif paint.how == "group" and paint.color.space == "none" and not paint.mask:
            yield "6.20: a group does not say in which colors it is blended"
    if any("/ca" in entry or "/CA" in entry for entry in _states(pdf)):
        for number, page in enumerate(pdf.pages, 1):
            if "/CS" not in page.obj.get("/Group", {}):
                yield f"6.20: page {number} does not say in which colors it is blended"


def _states(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for entry in pdf.objects:
        if isinstance(entry, pikepdf.Dictionary) and "/ExtGState" in entry:
            yield from entry.ExtGState.values()
