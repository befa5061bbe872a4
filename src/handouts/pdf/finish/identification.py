"""Say in the metadata that a PDF/A file is PDF/UA-1 too, and what it was made from."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from handouts.provenance.statement import NAMESPACE, PROPERTIES, statement

if TYPE_CHECKING:
    import pydyf

    from handouts.schema.provenance import Provenance

# PDF/A forbids properties that no schema declares, and its predefined schemas know nothing of PDF/UA, so the
# identification of ISO 14289-1, clause 5 comes with its own description as ISO 19005-2, 6.6.2.3 asks for it.
_PDFUA: Final = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part>\
</rdf:Description>"""
_SCHEMAS: Final = """\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag>{}</rdf:Bag></pdfaExtension:schemas>\
</rdf:Description>"""
_SCHEMA: Final = """\
<rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>{}</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>{}</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>{}</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq>{}</rdf:Seq></pdfaSchema:property>\
</rdf:li>"""
_PROPERTY: Final = """\
<rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>{}</pdfaProperty:name>\
<pdfaProperty:valueType>{}</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>{}</pdfaProperty:description>\
</rdf:li>"""

_END = b"</rdf:RDF>"


def identify(pdf: "pydyf.PDF", made_from: "Provenance | None") -> None:
    """Add the identification as PDF/UA-1, and what the file was made from, to the metadata that WeasyPrint wrote.

    It goes into the first rdf:RDF element, because readers look no further. The metadata is not compressed, so that it
    is found by programs that do not read PDF (ISO 32000-1, 14.3.2). Raises RuntimeError when there is none.
    """
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    before, end, after = b"\n".join(stream.stream).partition(_END)
    if not end:
        raise RuntimeError("WeasyPrint wrote metadata without rdf:RDF")
    part = [("part", "Integer", "Part of ISO 14289 to which the file conforms")]
    schemas = _schema("PDF/UA identification schema", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", part)
    if made_from:
        own = [(name, "Text", described) for name, described in PROPERTIES.values()]
        schemas += _schema("What the file was made from", NAMESPACE, "handouts", own)
    added = _PDFUA + source_description(made_from) + _SCHEMAS.format(schemas)
    stream.stream = [before + added.encode() + end + after]
    stream.compress = False


def source_description(made_from: "Provenance | None") -> str:
    """Write what a file was made from as RDF; nothing for a trial page."""
    if made_from is None:
        return ""
    texts = statement(made_from).items()
    properties = "".join(f"<handouts:{name}>{escape(text)}</handouts:{name}>" for name, text in texts)
    return f'<rdf:Description rdf:about="" xmlns:handouts="{NAMESPACE}">{properties}</rdf:Description>'


def _schema(title: str, namespace: str, prefix: str, properties: Iterable[tuple[str, str, str]]) -> str:
    described = "".join(_PROPERTY.format(*one) for one in properties)
    return _SCHEMA.format(title, namespace, prefix, described)
