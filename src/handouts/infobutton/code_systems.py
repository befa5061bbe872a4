"""The names by which record systems call the systems of codes: OIDs, addresses of FHIR, and short names."""

from collections.abc import Mapping
from typing import Final

from handouts.schema.codes import SYSTEMS

_FHIR_ADDRESSES: Final = {
    "http://hl7.org/fhir/sid/icd-10-cm": "icd-10-cm",
    "http://hl7.org/fhir/sid/icd-9-cm": "icd-9-cm",
    "http://snomed.info/sct": "snomed",
    "http://loinc.org": "loinc",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "rxnorm",
    "http://hl7.org/fhir/sid/ndc": "ndc",
    "http://www.ama-assn.org/go/cpt": "cpt",
}
# As OpenEMR and others write them, without hyphens and blanks.
_SHORT_NAMES: Final = {
    "icd10": "icd-10-cm",
    "icd10cm": "icd-10-cm",
    "icd9": "icd-9-cm",
    "icd9cm": "icd-9-cm",
    "snomed": "snomed",
    "snomedct": "snomed",
    "loinc": "loinc",
    "rxnorm": "rxnorm",
    "rxcui": "rxnorm",
    "ndc": "ndc",
    "cpt": "cpt",
    "cpt4": "cpt",
}
_NAMES: Final[Mapping[str, str]] = {
    **{system.oid: name for name, system in SYSTEMS.items()},
    **_FHIR_ADDRESSES,
    **_SHORT_NAMES,
}


def find_system(sent: str) -> str | None:
    """Return the name of the system of codes that a record system means; None if it is not one of ours."""
    name = sent.strip().casefold().removeprefix("urn:oid:").rstrip("/")
    return _NAMES.get(name) or _NAMES.get(name.replace("-", "").replace(" ", "").replace("_", ""))
