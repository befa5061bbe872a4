"""Writes PDFs under the names by which OpenEMR finds them: {type}_{code}_{language}.pdf.

OpenEMR looks in documents/education of its site for exactly the code of a problem, a test or a medicine, in lowercase,
with the language es for Spanish and en for all others (interface/patient_file/education.php).
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from handouts.language.tags import is_same_language
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.publish_rules import SHARED_FILE_NAME
from handouts.publish.folder import check_folder, locked, replacing
from handouts.publish.pages import Page

MARKER: Final = "handouts-openemr.txt"
"""The file by which a folder is known as ours."""
_NOTE: Final = b"Written by handouts publish --openemr, which replaces this folder as a whole.\n"
_LANGUAGES: Final = ("en", "es")
# The names of code systems in OpenEMR: education.php knows all but CPT by name, and links to it pass on the type of a
# code in the chart (code_types in sql/database.sql), so SNOMED CT has three of them, and CPT is CPT4.
_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "icd-10-cm": ("icd10",),
    "icd-9-cm": ("icd9",),
    "snomed": ("snomed", "snomed-ct", "snomed-pr"),
    "loinc": ("loinc",),
    "rxnorm": ("rxcui",),
    "ndc": ("ndc",),
    "cpt": ("cpt4",),
}


def check_openemr_folder(project: Project, folder: Path) -> None:
    """Check that a folder may be replaced: it is new, empty, or was written for OpenEMR. Raises PublishError."""
    check_folder(project, folder, MARKER, _NOTE.__eq__)


def write_openemr_folder(project: Project, folder: Path, pages: Iterable[Page], problems: Problems) -> int:
    """Replace a folder by one with a folder for each practice, and return the number of PDFs in it.

    The first PDF of a page is taken. Raises PublishError.
    """
    with locked(folder):
        check_openemr_folder(project, folder)
        names: dict[str, Page] = {}
        for page in pages:
            for name in _list_names(page):
                first = names.setdefault(name, page)
                if first.handout.id != page.handout.id:
                    ids = {"first": first.handout.id, "other": page.handout.id}
                    problems.add(SHARED_FILE_NAME.at(None, file=name, **ids))
        with replacing(folder) as new:
            new.write(MARKER, _NOTE)
            for name, page in sorted(names.items()):
                new.copy(page.pdfs[0].path, name)
    return len(names)


def _list_names(page: Page) -> list[str]:
    language = next((tag for tag in _LANGUAGES if is_same_language(tag, page.handout.language)), None)
    if language is None or not page.pdfs:
        return []
    codes = page.handout.front.codes.list_all()
    return [
        f"{page.practice.id}/{name}_{code.lower()}_{language}.pdf" for system, code in codes for name in _TYPES[system]
    ]
