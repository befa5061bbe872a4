"""A FHIR R4 bundle that records what was given, for a record system to import into the chart that is open.

It never names a patient: a name alone must not decide whose chart an entry goes to.
"""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any, Final

from handouts.given.chart_line import write_chart_line
from handouts.given.record import Given

MEDIA_TYPE: Final = "application/fhir+json"
FILE_ENDING: Final = ".fhir.json"

_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:handouts:given")
_EDUCATION: Final = {
    "coding": [
        {"system": "http://snomed.info/sct", "code": "311401005", "display": "Patient education (procedure)"},
    ]
}
# A procedure must have a subject; why it is not named: http://terminology.hl7.org/CodeSystem/data-absent-reason.
_NO_SUBJECT: Final = {
    "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked"}]
}

_Resource = dict[str, Any]


def write_bundle(handouts: Sequence[Given], day: dt.date, visit: str) -> bytes:
    """Return the bundle of the handouts that were given on a day: a Procedure and a DocumentReference for each.

    `visit` tells patients apart who got the same: the same visit, day and handouts give the same bytes.
    """
    entries: list[_Resource] = []
    for number, given in enumerate(map(_with_plain_blanks, handouts)):
        name = f"{visit} {day} {number} {given.print_code} {given.sha1}"
        document_id, procedure_id = _make_id(f"document {name}"), _make_id(f"procedure {name}")
        line = write_chart_line(given, day)
        procedure = _make_procedure(given, day, line, document_id)
        document = _make_document(given, day, line)
        for resource_id, resource in ((procedure_id, procedure), (document_id, document)):
            entries.append({"fullUrl": f"urn:uuid:{resource_id}", "resource": {**resource, "id": resource_id}})
    codes = " ".join(given.print_code for given in handouts)
    bundle = {
        "resourceType": "Bundle",
        "id": _make_id(f"bundle {visit} {day} {codes}"),
        "type": "collection",
        "entry": entries,
    }
    return (json.dumps(bundle, ensure_ascii=False, indent=2) + "\n").encode()


def _with_plain_blanks(given: Given) -> Given:
    """Return a record with ordinary blanks: FHIR's texts have no others."""
    return replace(given, title=" ".join(given.title.split()), version=" ".join(given.version.split()))


def _make_id(name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, name))


def _make_procedure(given: Given, day: dt.date, line: str, document_id: str) -> _Resource:
    return {
        "resourceType": "Procedure",
        "text": _make_narrative(line),
        "status": "completed",
        "category": _EDUCATION,
        "code": {**_EDUCATION, "text": f"Patient education: {given.title}"},
        "subject": _NO_SUBJECT,
        "performedDateTime": day.isoformat(),
        "report": [{"reference": f"urn:uuid:{document_id}"}],
        "note": [{"text": line}],
    }


def _make_document(given: Given, day: dt.date, line: str) -> _Resource:
    return {
        "resourceType": "DocumentReference",
        "text": _make_narrative(line),
        "identifier": [{"type": {"text": "Print code"}, "value": given.print_code}],
        "status": "current",
        "docStatus": "preliminary" if given.status == "draft" else "final",
        "type": {"text": "Patient handout"},
        "category": [_EDUCATION],
        "subject": _NO_SUBJECT,
        "description": f"{given.title}, version {given.version}",
        "content": [
            {
                "attachment": {
                    "contentType": given.media_type,
                    "language": given.language,
                    "size": given.size,
                    "hash": given.sha1,
                    "title": given.title,
                    "creation": day.isoformat(),
                }
            }
        ],
    }


def _make_narrative(line: str) -> _Resource:
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{escape(line)}</div>'}
