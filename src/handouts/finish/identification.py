"""Say in the metadata that a PDF/A file is PDF/UA-1 too."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pydyf

# PDF/A forbids properties that no schema declares, and its predefined schemas know nothing of PDF/UA, so the
# identification of ISO 14289-1, clause 5 comes with its own description as ISO 19005-2, 6.6.2.3 asks for it.
_PDFUA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part>\
</rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description>"""

_END = b"</rdf:RDF>"


def identify(pdf: "pydyf.PDF") -> None:
    """Add the identification as PDF/UA-1 to the metadata that WeasyPrint wrote.

    It goes into the first rdf:RDF element, because readers look no further. Raises RuntimeError when there is none.
    """
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    before, end, after = b"\n".join(stream.stream).partition(_END)
    if not end:
        raise RuntimeError("WeasyPrint wrote metadata without rdf:RDF")
    stream.stream = [before + _PDFUA + end + after]
