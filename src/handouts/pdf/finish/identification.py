"""Writes the metadata that identifies a PDF/A file as PDF/UA-1 too, and states its sources."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from handouts.provenance.statement import NAMESPACE, PROPERTIES, make_statement

if TYPE_CHECKING:
    import pydyf

    from handouts.schema.provenance import Provenance

# PDF/A forbids properties without a schema, and its predefined schemas do not include PDF/UA, so the identification of
# ISO 14289-1, clause 5 comes with its own schema, as ISO 19005-2, 6.6.2.3 requires.
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

    It is added to the first rdf:RDF element, because readers ignore others. The metadata is not compressed, so that
    programs that do not read PDF can find it (ISO 32000-1, 14.3.2). Raises RuntimeError if there is no rdf:RDF
    element.
    """
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    before, end, after = b"\n".join(stream.stream).partition(_END)
    if not end:
        raise RuntimeError("WeasyPrint wrote metadata without rdf:RDF")
    part_property = [("part", "Integer", "Part of ISO 14289 to which the file conforms")]
    schemas = _describe_schema(
        "PDF/UA identification schema", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", part_property
    )
    if made_from:
        properties = [(name, "Text", description) for name, description in PROPERTIES.values()]
        schemas += _describe_schema("What the file was made from", NAMESPACE, "handouts", properties)
    descriptions = _PDFUA + describe_sources(made_from) + _SCHEMAS.format(schemas)
    stream.stream = [before + descriptions.encode() + end + after]
    stream.compress = False


def describe_sources(made_from: "Provenance | None") -> str:
    """Return RDF that states what a file was made from; "" for a trial page."""
    if made_from is None:
        return ""
    texts = make_statement(made_from).items()
    properties = "".join(f"<handouts:{name}>{escape(text)}</handouts:{name}>" for name, text in texts)
    return f'<rdf:Description rdf:about="" xmlns:handouts="{NAMESPACE}">{properties}</rdf:Description>'


def _describe_schema(title: str, namespace: str, prefix: str, properties: Iterable[tuple[str, str, str]]) -> str:
    property_list = "".join(_PROPERTY.format(*values) for values in properties)
    return _SCHEMA.format(title, namespace, prefix, property_list)
