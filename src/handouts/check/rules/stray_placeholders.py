"""Placeholders in what is printed besides handouts and practices: sources, and a project's own templates and labels."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from handouts.check.rules.placeholders import PLACEHOLDER, find_placeholders
from handouts.model.library import ReferenceEntry
from handouts.model.project import SETTINGS_FILE, Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
from handouts.read.text_file import read_text
from handouts.schema.settings import Settings

_PRINTED_FIELDS: Final = (
    *("title", "title_short", "container_title", "container_title_short", "journal_abbreviation", "collection_title"),
    *("volume", "issue", "supplement_number", "page", "number", "chapter_number", "edition", "version", "section"),
    *("authority", "genre", "publisher", "publisher_place", "event_title", "event_place", "correction", "retraction"),
)
# What a template does not print; in a labels file, comments and the words for a source that a release refuses anyway.
_TEMPLATE_CODE: Final = re.compile(
    r"\{#.*?(?:#\}|\Z)|\{%.*?(?:%\}|\Z)|\{\{.*?(?:\}\}|\Z)|<!--.*?(?:-->|\Z)|<[^>]*(?:>|\Z)", re.DOTALL
)
_YAML_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#.*|^ *reference_missing:.*", re.MULTILINE)
_NOT_NEW_LINE: Final = re.compile(r"[^\n]")


def check_source_placeholders(
    references: Mapping[str, ReferenceEntry], keys: Iterable[str], problems: Problems
) -> None:
    """Report placeholders in the sources with the given keys, such as a title "TBD"."""
    for entry in (references[key] for key in keys if key in references):
        reference = entry.reference
        names = [name for names in (reference.author, reference.editor, reference.translator) for name in names]
        parts = [part for name in names for part in (name.family, name.given, name.literal)]
        values = [getattr(reference, field) for field in _PRINTED_FIELDS]
        for text in filter(None, [*values, *parts]):
            _report_placeholders(text, entry.place, problems)


def check_settings_placeholders(settings: Settings, problems: Problems) -> None:
    """Report placeholders in the titles of packs, and of the published site."""
    titles = [title for pack in settings.packs.values() for title in (pack.title, *pack.titles.values())]
    titles += [settings.publish.title] if settings.publish and settings.publish.title else []
    for title in titles:
        _report_placeholders(title, Place(SETTINGS_FILE), problems)


def _report_placeholders(text: str, place: Place, problems: Problems) -> None:
    for match in find_placeholders(text):
        problems.add(PLACEHOLDER.at(place, words=match.group(), context=f' in "{text}"'))


def check_template_placeholders(project: Project, problems: Problems) -> None:
    """Report placeholders in the words that a project's own templates and labels files print."""
    folder = project.root / "templates"
    for path in sorted((*folder.glob("*.j2"), *folder.glob("parts/*.j2"), *folder.glob("labels.*.yaml"))):
        text = read_text(project, path, Problems())
        if text is None:
            continue  # reported where it is needed
        unprinted = _YAML_COMMENT if path.suffix == ".yaml" else _TEMPLATE_CODE
        printed = unprinted.sub(lambda match: _NOT_NEW_LINE.sub(" ", match.group()), text)
        for match in find_placeholders(printed):
            line = printed.count("\n", 0, match.start()) + 1
            column = match.start() - printed.rfind("\n", 0, match.start())
            problems.add(PLACEHOLDER.at(project.place(path, line, column), words=match.group(), context=""))
