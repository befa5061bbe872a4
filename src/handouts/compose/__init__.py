"""Compose: a numbered selection, a practice and an edition to one HTML document and its style sheets."""

from collections.abc import Mapping
from pathlib import Path

from handouts.compose.attached import attached
from handouts.compose.environment import fill
from handouts.compose.labels import read_labels
from handouts.compose.made_from import contents, looks, options_of, print_code_of, tool
from handouts.compose.obligatory import required_texts
from handouts.compose.sheets import brand_name, style_sheets
from handouts.compose.values import logo_of, template_values
from handouts.document import Composed
from handouts.edition import Edition
from handouts.library import Picture, Practice, ReferenceEntry
from handouts.number import Numbered
from handouts.patient import Patient
from handouts.problem import Problem, warning
from handouts.project import Project, shipped
from handouts.schema.provenance import Provenance


def compose(
    project: Project,
    numbered: Numbered,
    practice: Practice,
    edition: Edition,
    references: Mapping[str, ReferenceEntry],
    patient: Patient | None = None,
) -> tuple[Composed | None, tuple[Problem, ...]]:
    """Compose one output; give None for the document if a template or style sheet has an error.

    What was typed for a patient is in the HTML, and in nothing that is told of the document.
    """
    problems: list[Problem] = []
    handout = numbered.selection.handout
    labels = read_labels(project, handout, practice.profile.country, problems)
    sheets = style_sheets(project, practice, edition, problems)
    html = None
    read = contents(numbered, practice, references)
    code = print_code_of(numbered, practice, read)
    templates: dict[str, str] = {}
    if labels and sheets is not None:
        values = {
            **template_values(numbered, practice, edition, references, labels),
            "print_code": code,
            "patient": patient,
        }
        html = fill(project, edition.format.template, values, templates, problems)
    if edition.ink == "black" and practice.logo_black is None:
        hint = "add logo_black: to the practice"
        problems.append(
            warning("no-black-logo", f"the logo of {practice.id} is printed in color", practice.place, hint)
        )
    problems.extend(
        warning(
            "missing-reference",
            f'reference {numbered.citations[key]} "{key}" is marked missing: its source is to be confirmed',
            references[key].place,
            "find the source, give its fields and remove `status: missing`",
        )
        for key in numbered.listed
        if references[key].reference.status == "missing"
    )
    if html is None or sheets is None or labels is None:
        return None, tuple(problems)
    folders = _folders(project)
    seen = looks(practice, edition, labels, templates, [s for s in sheets if s.name != brand_name(practice)], folders)
    steps = edition.format.settings.fit
    composed = Composed(
        html,
        handout.language,
        handout.front.published,
        sheets,
        project.root,
        _files(numbered, practice, edition),
        folders,
        required_texts(numbered, practice, labels, patient),
        edition.format.settings.file,
        edition.makeup,
        tuple(map(_properties, steps)) if edition.fit else (),
        bool(steps) and not edition.fit,
        attached(numbered),
        Provenance(
            handout=handout.id,
            language=handout.language,
            practice=practice.id,
            sections=() if numbered.selection.is_whole else tuple(s.id for s in numbered.selection.sections),
            format=edition.format.name,
            paper=edition.paper,
            ink=edition.ink,
            options=options_of(edition),
            code=handout.front.code,
            version=handout.front.version,
            print_code=code,
            sources={**read, **seen},
            tool=tool(),
        ),
    )
    return composed, tuple(problems)


def _properties(values: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in values.items())


def _files(numbered: Numbered, practice: Practice, edition: Edition) -> tuple[Path, ...]:
    bodies = (body for passage in numbered.passages.values() for body in passage.bodies)
    pictures: list[Picture] = [picture for body in bodies for picture in body.pictures]
    return tuple(
        dict.fromkeys(picture.path for picture in (logo_of(practice, edition), *practice.fonts.values(), *pictures))
    )


def _folders(project: Project) -> tuple[Path, ...]:
    """Give the style folders: what a style sheet uses may lie there. A folder that leads elsewhere is none."""
    own = project.root / "styles"
    return tuple(folder for folder in (own, shipped() / "styles") if folder.is_dir() and folder.resolve() == folder)
