"""Compose: a numbered selection, a practice and an edition to one HTML document and its style sheets."""

from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup, escape

from handouts.ama import ama_entry
from handouts.compose.body import BodyWriter, anchor_of, note_id
from handouts.compose.brand import brand_sheet
from handouts.compose.environment import fill
from handouts.compose.labels import Labels, read_labels
from handouts.compose.qr import qr_code
from handouts.document import Composed, Sheet
from handouts.edition import Edition
from handouts.library import Picture, Practice, ReferenceEntry
from handouts.number import Numbered
from handouts.problem import Place, Problem, error, warning
from handouts.project import OutsideProjectError, Project, shipped
from handouts.select import Selection


def compose(
    project: Project,
    numbered: Numbered,
    practice: Practice,
    edition: Edition,
    references: Mapping[str, ReferenceEntry],
) -> tuple[Composed | None, tuple[Problem, ...]]:
    """Compose one output; give None for the document if a template or style sheet has an error."""
    problems: list[Problem] = []
    handout = numbered.selection.handout
    labels = read_labels(project, handout, practice.profile.country, problems)
    sheets = _sheets(project, practice, edition, problems)
    html = None
    if labels and sheets:
        values = _values(numbered, practice, edition, references, labels)
        html = fill(project, edition.format.template, values, problems)
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
    if html is None or sheets is None:
        return None, tuple(problems)
    return Composed(
        html, handout.language, sheets, project.root, _files(numbered, practice, edition), _folders(project)
    ), tuple(problems)


def _sheets(
    project: Project, practice: Practice, edition: Edition, problems: list[Problem]
) -> tuple[Sheet, ...] | None:
    names = ["base.css", edition.format.sheet, *(["ink-black.css"] if edition.ink == "black" else [])]
    sheets: list[Sheet] = []
    for name in names:
        try:
            path = project.find("styles", name)
        except OutsideProjectError:
            problems.append(
                error("outside-project", "the style sheet lies outside the project", Place(f"styles/{name}"))
            )
            return None
        if path is None:
            problems.append(error("missing-style", f"there is no style sheet {name}", Place(f"styles/{name}")))
            return None
        sheets.append(Sheet(f"styles/{name}", path.read_text(encoding="utf-8"), path.parent))
    # Before ink-black.css, which has the last word on colors.
    brand = Sheet(f"brand of {practice.id}", brand_sheet(practice, edition, problems), project.root)
    return (*sheets[:2], brand, *sheets[2:])


def _values(
    numbered: Numbered,
    practice: Practice,
    edition: Edition,
    references: Mapping[str, ReferenceEntry],
    labels: Labels,
) -> dict[str, object]:
    selection = numbered.selection
    handout = selection.handout
    has_parts = any(part.id for part in handout.parts)
    writer = BodyWriter(
        numbered, labels.file.words, heading_shift=1 if has_parts else 0, printed=_printed_ids(selection)
    )
    passages = {identifier: _passage(writer, numbered, identifier) for identifier in numbered.passages}
    return {
        "handout": handout.front,
        "language": handout.language,
        "practice": practice.profile,
        "logo": _logo(practice, edition).name,
        "qr": qr_code(practice.profile.website),
        "words": labels.file.words,
        "published": labels.date(handout.front.published),
        "review_due": labels.date(handout.front.review_due),
        "is_whole": selection.is_whole,
        "section_numbers": ", ".join(str(section.number) for section in selection.sections),
        "section_count": len(handout.sections),
        "has_parts": has_parts,
        "parts": [
            {
                "title": part.title,
                "id": anchor_of(part.id) if part.id else "",
                "sections": [
                    {
                        "id": anchor_of(section.id),
                        "title": section.title,
                        "number": section.number,
                        **passages[section.id],
                    }
                    for section in part.sections
                ],
            }
            for part in selection.parts
        ],
        "blocks": [
            {"id": anchor_of(block.id), "title": block.title or labels.file.words["important"], **passages[block.id]}
            for block in selection.blocks
        ],
        "references": [
            {
                "number": numbered.citations[key],
                "anchor": writer.anchors[key],
                "html": _entry(references[key]),
                "missing": references[key].reference.status == "missing",
            }
            for key in numbered.listed
        ],
    }


def _printed_ids(selection: Selection) -> frozenset[str]:
    parts = {part.id for part in selection.parts if part.id}
    return frozenset(
        {*parts, *(section.id for section in selection.sections), *(block.id for block in selection.blocks)}
    )


def _passage(writer: BodyWriter, numbered: Numbered, identifier: str) -> dict[str, object]:
    passage = numbered.passages[identifier]
    return {
        "html": writer.html(passage.body),
        "inserts": [writer.html(insert.body) for insert in passage.inserts],
        "notes": [
            {"symbol": note.symbol, "id": note_id(note.symbol), "html": writer.html(note.body)}
            for note in passage.notes
        ],
    }


def _entry(entry: ReferenceEntry) -> Markup:
    return Markup("").join(
        Markup('<a href="{0}">{1}</a>').format(run.url, run.text)
        if run.url
        else Markup("<em>{0}</em>").format(run.text)
        if run.italic
        else escape(run.text)
        for run in ama_entry(entry.reference)
    )


def _logo(practice: Practice, edition: Edition) -> Picture:
    return practice.logo_black if edition.ink == "black" and practice.logo_black else practice.logo


def _files(numbered: Numbered, practice: Practice, edition: Edition) -> tuple[Path, ...]:
    bodies = [
        body
        for passage in numbered.passages.values()
        for body in (
            passage.body,
            *(insert.body for insert in passage.inserts),
            *(note.body for note in passage.notes),
        )
    ]
    pictures: list[Picture] = [picture for body in bodies for picture in body.pictures]
    return tuple(
        dict.fromkeys(picture.path for picture in (_logo(practice, edition), *practice.fonts.values(), *pictures))
    )


def _folders(project: Project) -> tuple[Path, ...]:
    return tuple(folder for folder in (project.root / "styles", shipped() / "styles") if folder.is_dir())
