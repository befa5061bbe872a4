"""Compose: a numbered selection, a practice and an edition to one HTML document and its style sheets."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.compose.labels import Labels, read_labels
from handouts.compose.language_check import LanguageCheck, check_template_direction
from handouts.compose.page_contents import list_required_texts, list_section_elements
from handouts.compose.project_files import ProjectFiles
from handouts.compose.style_sheets import name_brand_sheet, read_style_sheets
from handouts.compose.template_values import build_patient_values, build_template_values, choose_logo, draw_qr_code
from handouts.model.document import Asset, Composed, Sheet
from handouts.model.edition import Edition
from handouts.model.library import Practice, ReferenceEntry
from handouts.model.patient import Patient
from handouts.model.project import Project, shipped
from handouts.numbering.number import Numbered
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, has_errors, warning
from handouts.provenance.source_digests import SourceDigests, options_of, print_code_of, tool
from handouts.schema.provenance import Provenance, Source

if TYPE_CHECKING:
    from handouts.compose.templates import Templates

_PRACTICES_AT_ONCE = 1000  # whose QR codes are kept, about 5 kB each


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the page of an output is put in, and what was found on the way: in the words, the sheets and the rest."""

    labels: Labels | None
    sheets: tuple[Sheet, ...] | None
    early: tuple[Problem, ...]
    late: tuple[Problem, ...]


class Composer:
    """Composes the outputs of one run: templates are compiled, files read and digests taken once.

    The files of a project may change, so it lives no longer than a run.
    """

    def __init__(self, project: Project, references: Mapping[str, ReferenceEntry]) -> None:
        """Take a project and its references; nothing is read yet."""
        self.pieces = ProjectFiles(project)
        self.folders = _folders(project)
        self.digests = SourceDigests(references, self.folders)
        self.references = references
        self.labels = cache(self._read_labels)
        self._language_check = LanguageCheck()
        self._qr_code = lru_cache(_PRACTICES_AT_ONCE)(draw_qr_code)

    @cached_property
    def _templates(self) -> "Templates":
        from handouts.compose.templates import Templates  # noqa: PLC0415 - not for outputs that are up to date

        return Templates(self.pieces)

    def findings(self, numbered: Numbered, practice: Practice, edition: Edition) -> tuple[Problem, ...]:
        """Give what composing would tell, without filling a template: mistakes that only show then are not among it."""
        frame = self._frame(numbered, practice, edition)
        return (*frame.early, *frame.late)

    def compose(
        self, numbered: Numbered, practice: Practice, edition: Edition, patient: Patient | None = None
    ) -> tuple[Composed | None, tuple[Problem, ...]]:
        """Compose one output; give None for the document if a template or style sheet has an error.

        What was typed for a patient is in the HTML, and in nothing that is told of the document.
        """
        frame = self._frame(numbered, practice, edition)
        labels, sheets = frame.labels, frame.sheets
        if labels is None or sheets is None or has_errors(frame.early):
            return None, (*frame.early, *frame.late)
        handout = numbered.selection.handout
        read = self.digests.contents(numbered, practice)
        code = print_code_of(numbered, practice, read)
        values = build_template_values(numbered, practice, edition, self.references, labels)
        values |= {
            "print_code": code,
            "qr": self._qr_code(practice.profile.website),
            "patient": build_patient_values(patient),
        }
        used: dict[str, str] = {}
        found = Problems()
        html = self._templates.fill(edition.format.template, values, used, found)
        if html is not None:
            check_template_direction(html, handout.language, edition.format.template, found)
        problems = (*frame.early, *found, *frame.late)
        if html is None or found.has_errors:
            return None, problems
        seen = self.digests.looks(
            practice, edition, labels, used, [s for s in sheets if s.name != name_brand_sheet(practice)]
        )
        steps = edition.format.settings.fit
        composed = Composed(
            html,
            handout.language,
            handout.front.published,
            sheets,
            self.pieces.project.root,
            _files(numbered, practice, edition),
            self.folders,
            list_required_texts(numbered, practice, labels, patient),
            edition.format.settings.file,
            edition.makeup,
            tuple(map(_properties, steps)) if edition.fit else (),
            bool(steps) and not edition.fit,
            list_section_elements(numbered),
            _provenance(numbered, practice, edition, code, {**read, **seen}),
        )
        return composed, problems

    def _frame(self, numbered: Numbered, practice: Practice, edition: Edition) -> _Frame:
        labels, told = self.labels(numbered.selection.handout.language, practice.profile.country)
        early = Problems()
        self._language_check.check(numbered, practice, edition, early)
        early.extend(told)
        sheets = read_style_sheets(self.pieces, practice, edition, early)
        late: list[Problem] = []
        if edition.ink == "black" and practice.logo_black is None:
            hint = "add logo_black: to the practice"
            message = f"the logo of {practice.id} is printed in color"
            late.append(warning("no-black-logo", message, practice.place, hint))
        late.extend(
            warning(
                "missing-reference",
                f'reference {numbered.citations[key]} "{key}" is marked missing: its source is to be confirmed',
                self.references[key].place,
                "find the source, give its fields and remove `status: missing`",
            )
            for key in numbered.listed
            if self.references[key].reference.status == "missing"
        )
        return _Frame(labels, sheets, early.as_tuple(), tuple(late))

    def _read_labels(self, language: str, country: str) -> tuple[Labels | None, tuple[Problem, ...]]:
        problems = Problems()
        return read_labels(self.pieces, language, country, problems), problems.as_tuple()


def compose(
    project: Project,
    numbered: Numbered,
    practice: Practice,
    edition: Edition,
    references: Mapping[str, ReferenceEntry],
) -> tuple[Composed | None, tuple[Problem, ...]]:
    """Compose a single output, as a composer does."""
    return Composer(project, references).compose(numbered, practice, edition)


def _provenance(
    numbered: Numbered, practice: Practice, edition: Edition, code: str, sources: Mapping[Source, str]
) -> Provenance:
    selection, handout = numbered.selection, numbered.selection.handout
    return Provenance(
        handout=handout.id,
        language=handout.language,
        practice=practice.id,
        sections=() if selection.is_whole else tuple(section.id for section in selection.sections),
        format=edition.format.name,
        paper=edition.paper,
        ink=edition.ink,
        options=options_of(edition),
        code=handout.front.code,
        version=handout.front.version,
        status=handout.front.status,
        review_due=handout.front.review_due,
        print_code=code,
        sources=dict(sources),
        tool=tool(),
    )


def _properties(values: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in values.items())


def _files(numbered: Numbered, practice: Practice, edition: Edition) -> tuple[Asset, ...]:
    bodies = (body for passage in numbered.passages.values() for body in passage.bodies)
    named = [
        *(("logo", picture) for picture in (choose_logo(practice, edition),)),
        *(("font", font) for font in practice.fonts.values()),
        *(("picture", picture) for body in bodies for picture in body.pictures),
    ]
    assets = {picture.path: Asset(picture.path, what, picture.digest, picture.place) for what, picture in named[::-1]}
    return tuple(assets.values())


def _folders(project: Project) -> tuple[Path, ...]:
    """Give the style folders: what a style sheet uses may lie there. A folder that leads elsewhere is none."""
    own = project.root / "styles"
    return tuple(folder for folder in (own, shipped() / "styles") if folder.is_dir() and folder.resolve() == folder)
