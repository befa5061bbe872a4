"""The inserts of a practice: its own Markdown, printed at the end of sections of handouts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from handouts.model.library import Insert
from handouts.model.project import OutsideProjectError
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.context import ReadContext
from handouts.read.markdown.attributes import CONDITIONS, UNKNOWN_ATTRIBUTE
from handouts.read.markdown.block_attributes import TOP_LEVEL
from handouts.read.markdown.body import make_body
from handouts.read.markdown.document import parse_document
from handouts.read.markdown.fields import check_field_names
from handouts.read.markdown.ids import UNKNOWN_SECTION, check_repeated_ids
from handouts.read.markdown.links import check_links
from handouts.read.markdown.notes import check_notes
from handouts.read.markdown.places import Source, drop_long_lines
from handouts.read.markdown.sources import AUTHORS_GUIDE
from handouts.read.references import check_citations
from handouts.read.slow_files import read_with_time_limit
from handouts.read.text_file import MISSING_FILE, OUTSIDE_PROJECT, read_text
from handouts.read.yaml.nodes import Node, place_of
from handouts.read.yaml.validate import validate
from handouts.schema.practice import Insert as InsertFields

UNKNOWN_HANDOUT: Final = Rule(
    "unknown-handout",
    Severity.ERROR,
    title="an insert for a handout that does not exist",
    why="It would never be printed.",
    source=AUTHORS_GUIDE,
    message='no handout "{id}"',
)
EMPTY_INSERT: Final = Rule(
    "empty-insert",
    Severity.ERROR,
    title="an insert without text",
    why="An empty box would be printed.",
    source=AUTHORS_GUIDE,
    message="the insert has no text",
    hint="write it, or remove it from practice.yaml",
)
HEADING_IN_INSERT: Final = Rule(
    "heading-in-insert",
    Severity.ERROR,
    title="an insert with the heading of a part or section",
    why="It is printed within a section.",
    source=AUTHORS_GUIDE,
    message="an insert cannot have # or ## headings: it is printed within a section",
    hint="use ### here",
)
IMPORTANT_IN_INSERT: Final = Rule(
    "important-in-insert",
    Severity.ERROR,
    title="an insert with an important or urgent block",
    why="Safety information belongs to the handout, so that it is the same for all practices.",
    source=AUTHORS_GUIDE,
    message="an insert cannot have an important or urgent block",
    hint="use ::: note here",
)
NOT_REPLACEABLE: Final = Rule(
    "not-replaceable",
    Severity.ERROR,
    title="an insert in place of a section that must stay",
    why="What a handout says to all patients would be missing for those of one practice.",
    source="docs/practices.md, inserts",
    message="a practice cannot replace {sections}",
    hint="use at: end; or mark the section in the handout: ## Title {{#id .replaceable}}",
)
RULES: Final = (NOT_REPLACEABLE, UNKNOWN_HANDOUT, EMPTY_INSERT, HEADING_IN_INSERT, IMPORTANT_IN_INSERT)


@dataclass(frozen=True, slots=True)
class InsertReader:
    """Reads inserts; `sections` maps handout ids to section ids (None if the handout could not be read).

    `replaceable` holds the sections that may be replaced, as ids of handout and section.
    """

    context: ReadContext
    sections: Mapping[str, frozenset[str] | None]
    replaceable: Collection[tuple[str, str]]

    def read(self, node: Node, problems: Problems) -> tuple[Insert, ...]:
        """Read the insert that a node names, once for each section that it matches; return none if there is an error.

        Errors of the schema are not added: they are reported with the practice as a whole.
        """
        fields = validate(InsertFields, node, Problems())
        if fields is None:
            return ()
        own_problems = Problems()
        insert = self._read_insert(fields, node, own_problems)
        problems.extend(own_problems)
        if insert is None or own_problems.has_errors:
            return ()
        return tuple(
            replace(insert, handout=handout, section=section) for handout, section in self._find_sections(fields)
        )

    def _read_insert(self, fields: InsertFields, node: Node, problems: Problems) -> Insert | None:
        self._check_target(fields, node, problems)
        self._check_replacement(fields, node, problems)
        path = self._find_file(fields.file, place_of(node, ("file",)), problems)
        if path is None:
            return None

        def parse() -> Insert | None:
            text = read_text(self.context.project, path, problems)
            if text is None:
                return None
            source = drop_long_lines(Source(text, path, self.context.project.place(path).file), problems)
            return self._parse_insert(fields, source, node, problems)

        return read_with_time_limit(self.context.project, path, parse, problems)

    def _check_target(self, fields: InsertFields, node: Node, problems: Problems) -> None:
        handouts = [handout for handout in self.sections if fnmatchcase(handout, fields.handout)]
        if not handouts:
            hint = did_you_mean(fields.handout, self.sections)
            problems.add(UNKNOWN_HANDOUT.at(place_of(node, ("handout",)), hint=hint, id=fields.handout))
            return
        known = [self.sections[handout] for handout in handouts]
        sections = frozenset[str]().union(*(sections or () for sections in known))
        if None not in known and not any(fnmatchcase(section, fields.section) for section in sections):
            hint = did_you_mean(fields.section, sections)
            place = place_of(node, ("section",))
            problems.add(UNKNOWN_SECTION.at(place, hint=hint, elements="section", id=fields.section))

    def _check_replacement(self, fields: InsertFields, node: Node, problems: Problems) -> None:
        fixed = [
            f"{handout}#{section}"
            for handout, section in self._find_sections(fields)
            if fields.at == "replace"
            and self.sections[handout] is not None
            and (handout, section) not in self.replaceable
        ]
        if fixed:
            problems.add(NOT_REPLACEABLE.at(place_of(node, ("section",)), sections=", ".join(fixed[:3])))

    def _find_sections(self, fields: InsertFields) -> list[tuple[str, str]]:
        """Return each section that the patterns match; a section whose handout could not be read counts if named."""
        return [
            (handout, section)
            for handout, sections in self.sections.items()
            if fnmatchcase(handout, fields.handout)
            for section in (sorted(sections) if sections is not None else [fields.section])
            if fnmatchcase(section, fields.section)
        ]

    def _find_file(self, file: str, place: Place, problems: Problems) -> Path | None:
        """Return the path of a file beside the practice.yaml that names it."""
        path = (self.context.project.root / place.file).parent / file
        try:
            if self.context.project.inside(path).is_file():
                return path
        except OutsideProjectError:
            problems.add(OUTSIDE_PROJECT.at(place, file=file))
            return None
        except (OSError, RuntimeError, ValueError):
            pass  # an impossible file name, or a symbolic link that leads back to itself
        problems.add(MISSING_FILE.at(place, file=file))
        return None

    def _parse_insert(self, fields: InsertFields, source: Source, node: Node, problems: Problems) -> Insert:
        document = parse_document(source, self.context.parser, self.context.references.entries, problems)
        if not document.tokens:
            problems.add(EMPTY_INSERT.at(Place(source.file, 1)))
        body = make_body(source, document.tokens, self.context.pictures, problems)
        notes = {
            label: make_body(source, note.tokens, self.context.pictures, problems)
            for label, note in document.notes.items()
        }
        check_notes([body], notes, document.notes, problems)
        known = [sections for handout, sections in self.sections.items() if fnmatchcase(handout, fields.handout)]
        section_ids = None if None in known else frozenset[str]().union(*(ids or () for ids in known))
        check_links(source, document.all_tokens, section_ids, "section", problems)
        for token in document.tokens:
            if token.type == "heading_open" and token.tag in {"h1", "h2"}:
                problems.add(HEADING_IN_INSERT.at(source.place(token)))
            if token.type == "container_block_open" and token.meta["name"] in TOP_LEVEL:
                problems.add(IMPORTANT_IN_INSERT.at(source.place(token)))
            if token.nesting > 0:
                names = sorted(token.meta.get("attributes", {}).keys() & {*CONDITIONS})
                place = source.place(token)
                problems.extend(UNKNOWN_ATTRIBUTE.at(place, element="a text of an insert", name=name) for name in names)
        check_citations([body, *notes.values()], self.context.references, problems)
        check_field_names([use for text in (body, *notes.values()) for use in text.fields], problems)
        check_repeated_ids([*body.blanks, *(blank for note in notes.values() for blank in note.blanks)], problems)
        return Insert(fields.handout, fields.section, body, notes, place_of(node, ("file",)), fields.at)
