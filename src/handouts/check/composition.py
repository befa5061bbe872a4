"""Composes a print in each format without laying it out: errors in a project's own templates and formats show there."""

from dataclasses import replace
from html import unescape

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.compose.composer import ComposeOptions
from handouts.language.punctuation import straighten_quotes
from handouts.model.document import Composed
from handouts.model.edition import formats
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.model.required_texts import report_missing
from handouts.numbering.select import ChoiceError
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, select_errors
from handouts.read.context import read_context
from handouts.read.handout_files import read_handout_file

_OWN_DESIGN = ("templates/**/*.j2", "templates/*.yaml", "styles/*.css")


def check_composition(project: Project, library: Library, problems: Problems) -> None:
    """Report the errors of filling the templates of each format, with one handout and practice of each language.

    Projects without templates, styles or formats of their own print with those that are shipped, and are passed over.
    """
    has_own_files = any(next(project.root.glob(pattern), None) for pattern in _OWN_DESIGN)
    if not (has_own_files or library.settings.formats):
        return
    context = read_context(project)
    # Handouts that were checked in other processes came back without their texts.
    first = {handout.language: handout for handout in reversed(library.handouts)}
    read = [read_handout_file(context, project.root / handout.place.file)[0] for handout in first.values()]
    practices = {practice.language: practice.id for practice in library.practices.values()}
    chosen = Request(practices=tuple(practices.values()), formats=tuple(formats(library.settings)))
    try:
        planned = plan(replace(library, handouts=tuple(handout for handout in read if handout)), chosen)
    except ChoiceError:  # nothing is left to print
        return
    options = ComposeOptions(mark_drafts=library.settings.release == "required")
    pipeline = Pipeline(project, library.references, options)
    found: dict[Problem, None] = {}
    for item in planned:
        composition = pipeline.compose(pipeline.number(item), item.practice, item.edition)
        left_out = Problems()
        if composition.document:
            _check_required_texts(composition.document, item.edition.format.template, left_out)
        found |= dict.fromkeys(select_errors((*composition.problems, *left_out)))
    earlier = {(problem.code, problem.place) for problem in problems}
    problems.extend(problem for problem in found if (problem.code, problem.place) not in earlier)


def _check_required_texts(document: Composed, template: str, problems: Problems) -> None:
    """Report what a template leaves out; what style sheets hide or add is found on pages only."""
    import nh3  # noqa: PLC0415 - only for projects with templates of their own

    words = _squeeze(unescape(nh3.clean(document.html, tags=set())))
    required = (text for text in document.required if not text.on_each_page)
    report_missing(required, lambda text: _squeeze(text) in words, f"template {template}", problems)


def _squeeze(text: str) -> str:
    return "".join(straighten_quotes(text).split())
