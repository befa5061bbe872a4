"""Composes a numbered selection, a practice and an edition into one HTML document with its style sheets."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from handouts.assets.language_fonts import MISSING_FONT, find_language_font
from handouts.compose.draft_banner import (
    DRAFT_BANNER,
    OVERDUE_BANNER,
    insert_banner,
    list_banner_lines,
    write_banner_sheet,
)
from handouts.compose.labels import Labels, read_labels
from handouts.compose.language_check import LanguageCheck, check_template_direction
from handouts.compose.language_notice import (
    find_notice_fonts,
    report_left_out_notice,
    report_unconfirmed_notice,
)
from handouts.compose.language_sheets import LanguageSheets, list_font_files
from handouts.compose.page_contents import list_required_texts, list_section_elements
from handouts.compose.project_files import ProjectFiles
from handouts.compose.qr_code import draw_qr_code
from handouts.compose.style_sheets import read_style_sheets
from handouts.compose.template_values import (
    build_template_values,
    choose_address_of_print,
    choose_logo,
)
from handouts.compose.unreviewed import find_unreviewed, report_unreviewed
from handouts.compose.written_texts import WrittenTexts
from handouts.language.tags import direction_of
from handouts.model.document import Asset, Composed, LayoutRules, Required, Sheet
from handouts.model.edition import Edition
from handouts.model.field_values import check_fields, list_field_values
from handouts.model.library import FieldUse, Handout, Practice, ReferenceEntry
from handouts.model.patient import Patient
from handouts.model.project import Project
from handouts.numbering.fields import find_printed_fields
from handouts.numbering.number import Numbered
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, Severity, has_errors
from handouts.problems.rule import Rule
from handouts.system.cache import IdentityMemo

if TYPE_CHECKING:
    from handouts.compose.templates import Templates
    from handouts.numbering.select import Selection

NO_BLACK_LOGO: Final = Rule(
    "no-black-logo",
    Severity.WARNING,
    "black ink, and no black logo",
    "The logo would be printed in color, or come out gray.",
    "docs/practices.md: the logo",
    "the logo of {practice} is printed in color",
    "add logo_black: to the practice",
)
MISSING_REFERENCE: Final = Rule(
    "missing-reference",
    Severity.WARNING,
    "a source that is cited is marked missing",
    "Patients and reviewers cannot check what it is cited for. A release refuses it.",
    "PIF TICK criteria, sources named (https://piftick.org.uk)",
    'the reference "{key}" is marked missing',
    "find the source, add its fields and remove `status: missing`",
)
RULES: Final = (NO_BLACK_LOGO,)

_BANNER_FONT: Final = '"Atkinson Hyperlegible Next"'
USUAL_TIMEOUT: Final = 120.0  # seconds that one document may take, as in `handouts build --timeout`
_MAX_QR_CODES: Final = 1000  # about 5 kB each
_MAX_SELECTIONS: Final = 1000  # whose fields are known


@dataclass(frozen=True, slots=True)
class ComposeOptions:
    """What is printed and checked beyond the text of handouts.

    With `mark_drafts`, drafts have a banner, and with a day, handouts whose review is overdue on it. With
    `advise_on_layout`, pages are also judged by how they look. The template of a document may take `timeout` seconds.
    """

    mark_drafts: bool = False
    mark_overdue: dt.date | None = None
    advise_on_layout: bool = False
    timeout: float = USUAL_TIMEOUT


@dataclass(frozen=True, slots=True)
class Composition:
    """A composed document, None if a template or style sheet has an error, and every problem found.

    `labels` and `templates` (texts by name) are those that it was made with.
    """

    document: Composed | None
    problems: tuple[Problem, ...]
    labels: Labels | None = None
    templates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The inputs of a document, apart from its template; `early` and `late` problems frame those of the template."""

    labels: Labels | None
    sheets: tuple[Sheet, ...] | None
    early: tuple[Problem, ...]
    late: tuple[Problem, ...]


class Composer:
    """Composes the outputs of one run: templates are compiled and files read once.

    The files of a project may change, so a composer must not outlive a run.
    """

    def __init__(
        self,
        project: Project,
        references: Mapping[str, ReferenceEntry],
        options: ComposeOptions = ComposeOptions(),
    ) -> None:
        """Take a project and its references; nothing is read yet."""
        self._options = options
        self.files = ProjectFiles(project)
        self.labels = cache(self._read_labels)
        self._project = project
        self._references = references
        self._language_check = LanguageCheck()
        self._printed_fields: IdentityMemo[Selection, tuple[FieldUse, ...]] = IdentityMemo(
            lambda selection: tuple(find_printed_fields(selection)), _MAX_SELECTIONS
        )
        self._texts = WrittenTexts()
        self._qr_code = lru_cache(_MAX_QR_CODES)(draw_qr_code)
        self._language_sheets = LanguageSheets(self.files)

    @cached_property
    def _templates(self) -> "Templates":
        from handouts.compose.templates import Templates  # noqa: PLC0415 - not for outputs that are up to date

        return Templates(self.files, self._options.timeout)

    def has_banner(self, handout: Handout) -> bool:
        """Return whether prints of a handout have a banner."""
        return bool(self._choose_banner(handout))

    def _choose_banner(self, handout: Handout) -> str:
        if self._options.mark_drafts and handout.front.status == "draft":
            return DRAFT_BANNER
        day = self._options.mark_overdue
        is_overdue = day is not None and handout.front.review_due < day
        return OVERDUE_BANNER if is_overdue else ""

    def find_problems(self, numbered: Numbered, practice: Practice, edition: Edition) -> tuple[Problem, ...]:
        """Return the problems of an output, except those that only filling its template would show."""
        prepared = self._prepare(numbered, practice, edition)
        return (*prepared.early, *prepared.late)

    def compose(
        self,
        numbered: Numbered,
        practice: Practice,
        edition: Edition,
        print_code: str,
        patient: Patient | None = None,
    ) -> Composition:
        """Compose one output, with a print code on its pages.

        The data of a patient is in the HTML of the document and nowhere else.
        """
        prepared = self._prepare(numbered, practice, edition)
        labels, sheets = prepared.labels, prepared.sheets
        if labels is None or sheets is None or has_errors(prepared.early):
            return Composition(None, (*prepared.early, *prepared.late))
        handout = numbered.selection.handout
        texts = WrittenTexts() if patient else self._texts  # what is typed for a patient is not kept
        values = build_template_values(numbered, practice, edition, self._references, labels, texts, patient)
        values |= {
            "print_code": print_code,
            "qr": self._qr_code(choose_address_of_print(numbered.selection, practice)),
        }
        templates: dict[str, str] = {}
        template_problems = Problems()
        html = self._templates.fill(edition.format.template, values, templates, template_problems, keep=not patient)
        if html is not None:
            check_template_direction(html, handout.language, edition.format.template, template_problems)
            report_left_out_notice(html, practice, edition, template_problems)
        problems = (*prepared.early, *template_problems, *prepared.late)
        if html is None or template_problems.has_errors:
            return Composition(None, problems)
        kind = edition.format.settings.file
        required = list_required_texts(numbered, practice, edition, labels, patient)
        unreviewed = find_unreviewed(handout, practice, labels)
        lines = list_banner_lines(self._choose_banner(handout), unreviewed, labels, handout.language)
        if kind != "txt":
            printed = (html, *(line.text for line in lines))
            sheets = self._language_sheets.add_to(sheets, practice, handout.language, printed, is_shared=kind == "pdf")
        if lines:
            html = insert_banner(html, lines, kind)
            required = (*required, *(Required("the banner", line.text, on_each_page=True) for line in lines))
        document = Composed(
            html,
            handout.language,
            handout.front.published,
            sheets,
            self._project.root,
            (*_list_files(numbered, practice, edition), *list_font_files(practice, handout.language)),
            self.files.style_folders,
            required,
            kind,
            replace(edition.makeup, is_mirrored=direction_of(handout.language) == "rtl"),
            _make_layout_rules(edition, advise=self._options.advise_on_layout),
            list_section_elements(numbered) if edition.format.settings.contents == "all" else (),
            is_for_patient=bool(patient),
        )
        if lines and kind != "txt":
            font = find_language_font(handout.language, practice.language_fonts)
            family = f'"{font.family}"' if font else _BANNER_FONT
            document = replace(document, sheets=(*sheets, write_banner_sheet(lines, document, family)))
        return Composition(document, problems, labels, templates)

    def _prepare(self, numbered: Numbered, practice: Practice, edition: Edition) -> _Prepared:
        language = numbered.selection.handout.language
        labels, label_problems = self.labels(language, practice.profile.country)
        early = Problems()
        self._language_check.check(numbered, practice, edition, early)
        values = list_field_values(practice.profile)
        check_fields(self._printed_fields(numbered.selection), practice.id, values, early)
        early.extend(label_problems)
        sheets = read_style_sheets(self.files, practice, edition, early)
        if edition.format.settings.file != "txt":
            of_page = find_language_font(language, practice.language_fonts)
            of_notices = [(tag, font) for tag, font, _ in find_notice_fonts(practice, language)]
            for tag, font in [*([(language, of_page)] if of_page else []), *of_notices]:
                if not font.is_installed:
                    early.add(MISSING_FONT.at(None, language=tag, family=font.family, extra=font.extra))
        late = Problems()
        for handout in numbered.selection.handouts:
            report_unreviewed(handout, practice, labels, late)
        report_unconfirmed_notice(practice, late)
        if edition.ink == "black" and practice.logo_black is None:
            late.add(NO_BLACK_LOGO.at(practice.place, practice=practice.id))
        for key in numbered.listed:
            entry = self._references[key]
            if entry.reference.status == "missing":
                late.add(MISSING_REFERENCE.at(entry.place, key=key))
        return _Prepared(labels, sheets, early.as_tuple(), late.as_tuple())

    def _read_labels(self, language: str, country: str) -> tuple[Labels | None, tuple[Problem, ...]]:
        problems = Problems()
        return read_labels(self.files, language, country, problems), problems.as_tuple()


def _make_layout_rules(edition: Edition, *, advise: bool) -> LayoutRules:
    settings = edition.format.settings
    return LayoutRules(
        settings.smallest_type,
        tuple(map(_write_declarations, settings.fit)) if edition.options.fit else (),
        bool(settings.fit) and not edition.options.fit,
        tuple(sorted(settings.line_heights, reverse=True)),
        settings.move_figures,
        advise,
        settings.most_characters,
    )


def _write_declarations(values: Mapping[str, str]) -> str:
    """Return properties as CSS declarations."""
    return "; ".join(f"{name}: {value}" for name, value in values.items())


def _list_files(numbered: Numbered, practice: Practice, edition: Edition) -> tuple[Asset, ...]:
    """Return the files that the document may load."""
    bodies = (body for passage in numbered.passages.values() for body in passage.bodies)
    named_files = [
        ("logo", choose_logo(practice, edition)),
        *(("font", font) for font in practice.fonts.values()),
        *(("picture", picture) for body in bodies for picture in body.pictures),
    ]
    assets = {
        picture.path: Asset(picture.path, what, picture.digest, picture.place) for what, picture in named_files[::-1]
    }
    return tuple(assets.values())
