"""The inserts of a practice: its own Markdown, at the end of sections of handouts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from markdown_it import MarkdownIt

from handouts.model.library import Insert
from handouts.model.project import OutsideProjectError, Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, did_you_mean, error
from handouts.read.handout import parse_source, with_notes
from handouts.read.markdown.cross_references import check_notes
from handouts.read.markdown.links import check_links
from handouts.read.markdown.parser import make_body
from handouts.read.markdown.places import Source
from handouts.read.pictures import PictureFinder
from handouts.read.references import References, check_citations
from handouts.read.text_file import MISSING_FILE, OUTSIDE_PROJECT, read_text
from handouts.read.yaml.nodes import Node, place_of
from handouts.read.yaml.validate import validate
from handouts.schema.practice import Insert as WrittenInsert


@dataclass(frozen=True, slots=True)
class InsertReader:
    """Reads inserts; `sections` holds the section ids of each handout, None for a handout that could not be read."""

    project: Project
    parser: MarkdownIt
    pictures: PictureFinder
    references: References
    sections: Mapping[str, frozenset[str] | None]

    def read(self, node: Node, problems: Problems) -> Insert | None:
        """Make the insert that a node names; add every problem found and give None if there is one.

        What the schema refuses is reported with the practice as a whole.
        """
        written = validate(WrittenInsert, node, Problems())
        if written is None:
            return None
        found: list[Problem] = []
        self._check_target(written, node, found)
        path = self._find(written.file, place_of(node, ("file",)), found)
        of_file = Problems()
        text = read_text(self.project, path, of_file) if path else None
        found.extend(of_file)
        insert = None
        if path and text is not None:
            source = Source(text, path, self.project.place(path).file)
            insert = self._insert(written, source, node, found)
        problems.extend(found)
        return None if found else insert

    def _check_target(self, written: WrittenInsert, node: Node, problems: list[Problem]) -> None:
        if written.handout not in self.sections:
            hint = did_you_mean(written.handout, self.sections)
            place = place_of(node, ("handout",))
            problems.append(error("unknown-handout", f'no handout "{written.handout}"', place, hint))
            return
        sections = self.sections[written.handout]
        if sections is not None and written.section not in sections:
            hint = did_you_mean(written.section, sections)
            place = place_of(node, ("section",))
            problems.append(error("unknown-section", f'no section "{written.section}"', place, hint))

    def _find(self, file: str, place: Place, problems: list[Problem]) -> Path | None:
        """Find the file beside the practice.yaml that names it."""
        path = (self.project.root / place.file).parent / file
        try:
            if self.project.inside(path).is_file():
                return path
        except OutsideProjectError:
            problems.append(OUTSIDE_PROJECT.at(place, file=file))
            return None
        except (OSError, RuntimeError, ValueError):
            pass  # a name that can be no file's, or a symbolic link that leads back to itself
        problems.append(MISSING_FILE.at(place, file=file))
        return None

    def _insert(self, written: WrittenInsert, source: Source, node: Node, problems: list[Problem]) -> Insert:
        tokens, written_notes = parse_source(source, self.parser, self.references, problems)
        if not tokens:
            problems.append(error("empty-insert", "the insert has no text", Place(source.file, 1)))
        of_pictures = Problems()
        picture = partial(self.pictures.find_beside, source.path, problems=of_pictures)
        body = make_body(source, tokens, picture, problems)
        notes = {label: make_body(source, note.tokens, picture, problems) for label, note in written_notes.items()}
        problems.extend(of_pictures)
        check_notes([body], notes, {label: note.place for label, note in written_notes.items()}, problems)
        known = self.sections.get(written.handout)
        check_links(source, with_notes(tokens, written_notes), known, problems, of_insert=True)
        for token in tokens:
            if token.type == "heading_open" and token.tag in {"h1", "h2"}:
                message = "an insert stands within a section"
                problems.append(error("heading-in-insert", message, source.place(token), "use ### here"))
            if token.type == "container_block_open" and token.meta["name"] == "important":
                message = "an insert cannot have an important block"
                problems.append(error("important-in-insert", message, source.place(token)))
        check_citations([body, *notes.values()], self.references, problems)
        return Insert(written.handout, written.section, body, notes, place_of(node, ("file",)))
