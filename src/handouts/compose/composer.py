"""Compose: a numbered selection, a practice and an edition to one HTML document and its style sheets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from handouts.compose.labels import Labels, read_labels
from handouts.compose.language_check import LanguageCheck, missing_direction
from handouts.compose.project_files import Pieces
from handouts.compose.qr_code import qr_code
from handouts.compose.required_texts import required_texts
from handouts.compose.section_elements import attached
from handouts.compose.style_sheets import style_sheets
from handouts.compose.template_values import logo_of, patient_values, template_values
from handouts.model.document import Asset, Composed, Sheet
from handouts.model.edition import Edition
from handouts.model.library import Practice, ReferenceEntry
from handouts.model.patient import Patient
from handouts.model.project import Project
from handouts.numbering.number import Numbered
from handouts.problems.problem import Problem, has_errors, warning

if TYPE_CHECKING:
    from handouts.compose.templates import Templates

_PRACTICES_AT_ONCE = 1000  # whose QR codes are kept, about 5 kB each


@dataclass(frozen=True, slots=True)
class Composition:
    """A composed document and every problem met; it is None if a template or style sheet has an error.

    `labels` and `templates` (texts by name) are what it was made with.
    """

    document: Composed | None
    problems: tuple[Problem, ...]
    labels: Labels | None = None
    templates: Mapping[str, str] = field(default_factory=dict)


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
        self.pieces = Pieces(project)
        self.references = references
        self.labels = cache(self._read_labels)
        self._language_problems = LanguageCheck()
        self._qr_code = lru_cache(_PRACTICES_AT_ONCE)(qr_code)

    @cached_property
    def _templates(self) -> "Templates":
        from handouts.compose.templates import Templates  # noqa: PLC0415 - not for outputs that are up to date

        return Templates(self.pieces)

    def findings(self, numbered: Numbered, practice: Practice, edition: Edition) -> tuple[Problem, ...]:
        """Give what composing would tell, without filling a template: mistakes that only show then are not among it."""
        frame = self._frame(numbered, practice, edition)
        return (*frame.early, *frame.late)

    def compose(
        self,
        numbered: Numbered,
        practice: Practice,
        edition: Edition,
        print_code: str,
        patient: Patient | None = None,
    ) -> Composition:
        """Compose one output, with a print code on its pages.

        What was typed for a patient is in the HTML of the document and nowhere else.
        """
        frame = self._frame(numbered, practice, edition)
        labels, sheets = frame.labels, frame.sheets
        if labels is None or sheets is None or has_errors(frame.early):
            return Composition(None, (*frame.early, *frame.late))
        handout = numbered.selection.handout
        values = template_values(numbered, practice, edition, self.references, labels)
        values |= {
            "print_code": print_code,
            "qr": self._qr_code(practice.profile.website),
            "patient": patient_values(patient),
        }
        templates: dict[str, str] = {}
        found: list[Problem] = []
        html = self._templates.fill(edition.format.template, values, templates, found)
        if html is not None and (undirected := missing_direction(html, handout.language, edition.format.template)):
            found.append(undirected)
            html = None
        problems = (*frame.early, *found, *frame.late)
        if html is None:
            return Composition(None, problems)
        steps = edition.format.settings.fit
        document = Composed(
            html,
            handout.language,
            handout.front.published,
            sheets,
            self.pieces.project.root,
            _files(numbered, practice, edition),
            self.pieces.project.style_folders,
            required_texts(numbered, practice, labels, patient),
            edition.format.settings.file,
            edition.makeup,
            tuple(map(_properties, steps)) if edition.options.fit else (),
            bool(steps) and not edition.options.fit,
            attached(numbered),
        )
        return Composition(document, problems, labels, templates)

    def _frame(self, numbered: Numbered, practice: Practice, edition: Edition) -> _Frame:
        labels, told = self.labels(numbered.selection.handout.language, practice.profile.country)
        early = [*self._language_problems(numbered, practice, edition), *told]
        sheets = style_sheets(self.pieces, practice, edition, early)
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
        return _Frame(labels, sheets, tuple(early), tuple(late))

    def _read_labels(self, language: str, country: str) -> tuple[Labels | None, tuple[Problem, ...]]:
        problems: list[Problem] = []
        return read_labels(self.pieces, language, country, problems), tuple(problems)


def _properties(values: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in values.items())


def _files(numbered: Numbered, practice: Practice, edition: Edition) -> tuple[Asset, ...]:
    bodies = (body for passage in numbered.passages.values() for body in passage.bodies)
    named = [
        *(("logo", picture) for picture in (logo_of(practice, edition),)),
        *(("font", font) for font in practice.fonts.values()),
        *(("picture", picture) for body in bodies for picture in body.pictures),
    ]
    assets = {picture.path: Asset(picture.path, what, picture.digest, picture.place) for what, picture in named[::-1]}
    return tuple(assets.values())
