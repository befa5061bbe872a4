"""Writes the metadata that identifies a file as PDF/X-4, and its printing condition."""

import hashlib
import uuid
from typing import TYPE_CHECKING, Any, Final

import pydyf

from handouts.pdf.finish.identification import describe_sources

if TYPE_CHECKING:
    from handouts.schema.provenance import Provenance

# The registered name of the printing condition of styles/color/coated-fogra39-300.icc, and its description.
CONDITION: Final = "FOGRA39"
_REGISTRY: Final = "http://www.color.org"
_CONDITION_DESCRIPTION: Final = "Offset printing on coated paper, ISO 12647-2:2004/Amd 1"
_PROFILE_DESCRIPTION: Final = "ISO Coated v2, at most 300 % of ink"

_NAMESPACE: Final = uuid.UUID("5a1c0d54-0b7f-5d6e-9f1e-0f6b8a7c2d31")
"""Our own namespace, so that our ids differ from those that others make from the same bytes (RFC 9562, 5.5)."""

_PACKET: Final = """\
<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf}</x:xmpmeta>
<?xpacket end="r"?>"""
_PDFX: Final = """\
<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">\
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\
<pdf:Trapped>False</pdf:Trapped>\
<xmp:MetadataDate>{date}</xmp:MetadataDate>\
<xmpMM:DocumentID>uuid:{id}</xmpMM:DocumentID>\
<xmpMM:InstanceID>uuid:{id}</xmpMM:InstanceID>\
<xmpMM:VersionID>1</xmpMM:VersionID>\
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>\
</rdf:Description>"""
_END: Final = "</rdf:RDF>"


def identify(
    pdf: pydyf.PDF,
    metadata: Any,  # noqa: ANN401 - weasyprint's DocumentMetadata
    profile: bytes,
    made_from: "Provenance | None",
) -> None:
    """Add what identifies a file as PDF/X-4; call it last, because the document id is a hash of the content.

    Also adds what the file was made from: unlike PDF/A, PDF/X-4 allows properties without a schema.

    The metadata equals the information dictionary that WeasyPrint wrote (ISO 15930-7, 6.10). Raises RuntimeError if it
    is not RDF.
    """
    pdf.info["Trapped"] = "/False"
    # For programs that look here, as in older parts of the standard.
    pdf.info["GTS_PDFXVersion"] = pydyf.String("PDF/X-4")
    document_id = uuid.uuid5(_NAMESPACE, _digest(pdf))
    before, end, after = metadata.generate_rdf_metadata("x", None, None).decode().partition(_END)
    if not end:
        raise RuntimeError("WeasyPrint wrote metadata without rdf:RDF")
    descriptions = _PDFX.format(date=metadata.modified, id=document_id) + describe_sources(made_from)
    rdf = before + descriptions + end + after
    # Not compressed, so that programs that do not read PDF can find it (ISO 32000-1, 14.3.2).
    packet = pydyf.Stream([_PACKET.format(rdf=rdf).encode()], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(packet)
    pdf.catalog["Metadata"] = packet.reference
    pdf.catalog["OutputIntents"] = pydyf.Array([_make_output_intent(pdf, profile)])


def _make_output_intent(pdf: pydyf.PDF, profile: bytes) -> pydyf.Dictionary:
    """Return the output intent (ISO 32000-1, 14.11.5)."""
    embedded = pydyf.Stream([profile], {"N": 4, "Alternate": "/DeviceCMYK"}, compress=True)
    pdf.add_object(embedded)
    return pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFX",
            "OutputConditionIdentifier": pydyf.String(CONDITION),
            "OutputCondition": pydyf.String(_CONDITION_DESCRIPTION),
            "RegistryName": pydyf.String(_REGISTRY),
            "Info": pydyf.String(_PROFILE_DESCRIPTION),
            "DestOutputProfile": embedded.reference,
        }
    )


def _digest(pdf: pydyf.PDF) -> str:
    digest = hashlib.sha256()
    for entry in (*pdf.objects, pdf.info):
        if entry.free != "f":
            digest.update(entry.data)
    return digest.hexdigest()
