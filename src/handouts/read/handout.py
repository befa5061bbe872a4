"""One Markdown file read to a handout: front matter, parts, sections, important blocks and notes."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from handouts.model.library import Block, Body, Handout, Part
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, error
from handouts.read.markdown.block_marks import check_block_marks
from handouts.read.markdown.cross_references import check_ids, check_notes, check_selections, check_treatment
from handouts.read.markdown.directives import check_directives, check_filled
from handouts.read.markdown.links import Definitions, check_links
from handouts.read.markdown.literal import check_literals
from handouts.read.markdown.outline import outline
from handouts.read.markdown.parser import WrittenNote, check_nesting, make_body, split_notes
from handouts.read.markdown.places import Source, check_comments
from handouts.read.pictures import PictureFinder
from handouts.read.references import References, check_citations
from handouts.read.text_file import read_text
from handouts.read.yaml.load import parse_mapping
from handouts.read.yaml.nodes import all_places
from handouts.read.yaml.validate import validate
from handouts.schema.front_matter import FrontMatter


def read_handout(
    project: Project,
    path: Path,
    parser: MarkdownIt,
    pictures: PictureFinder,
    references: References,
    problems: Problems,
) -> Handout | None:
    """Read content/handouts/<id>/<lang>.md; add every problem found and give None if there is one."""
    file = project.place(path).file
    of_file = Problems()
    text = read_text(project, path, of_file)
    found = list(of_file)
    handout = None
    if text is not None:
        front_text, body_text, body_line = split_front_matter(text, file, found)
        front, front_at = _front_matter(front_text, file, found) if front_text is not None else (None, {})
        source = Source(body_text, path, file, body_line)
        if body_text or not found:
            parts, blocks, notes = _body(source, parser, pictures, references, found)
            if front:
                check_selections(front, parts, front_at, found)
                check_treatment(front, parts, blocks, front_at, found)
        if front and not found:
            place = Place(file, 1)
            handout = Handout(path.parent.name, path.stem, front, parts, blocks, notes, place, front_at)
    problems.extend(found)
    return handout


def split_front_matter(text: str, file: str, problems: list[Problem]) -> tuple[str | None, str, int]:
    """Split a file in its front matter, the Markdown after it, and the number of the Markdown's first line."""
    lines = text.split("\n")
    if not text.strip():
        problems.append(
            error("empty-handout", "the file is empty", Place(file, 1), "`handouts new handout ID` makes one")
        )
        return None, "", 1
    if lines[0].rstrip() != "---":
        problems.append(
            error(
                "no-front-matter",
                "the file does not start with front matter",
                Place(file, 1),
                "put it between two lines of ---",
            )
        )
        return None, text, 1
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() in {"---", "..."}), None)
    if end is None:
        problems.append(
            error("no-front-matter", "the front matter never ends", Place(file, 1), "end it with a line of ---")
        )
        return None, "", 1
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2


def _front_matter(
    text: str, file: str, problems: list[Problem]
) -> tuple[FrontMatter | None, dict[tuple[str | int, ...], Place]]:
    found = Problems()
    mapping = parse_mapping(text, file, found, name="front matter", first_line=2)
    front = validate(FrontMatter, mapping, found) if mapping else None
    problems.extend(found)
    return front, all_places(mapping) if mapping else {}


def _body(
    source: Source, parser: MarkdownIt, pictures: PictureFinder, references: References, problems: list[Problem]
) -> tuple[tuple[Part, ...], tuple[Block, ...], dict[str, Body]]:
    text, written_notes = parse_source(source, parser, references, problems)
    make = partial(_make_body, source=source, pictures=pictures, problems=problems)
    parts, blocks = outline(source, text, make, problems)
    notes = {label: make(note.tokens) for label, note in written_notes.items()}
    if not any(part.sections for part in parts):
        problems.append(
            error(
                "empty-handout",
                "the handout has no section",
                Place(source.file, source.first_line),
                "## A question? {#its-id}",
            )
        )
    figures = [
        (str(token.meta["attributes"].get("id", "")), source.place(token))
        for token in text
        if token.type == "container_block_open" and token.meta["name"] == "figure"
    ]
    known = check_ids(parts, blocks, figures, problems)
    check_links(source, with_notes(text, written_notes), known, problems)
    bodies = [*(section.body for part in parts for section in part.sections), *(block.body for block in blocks)]
    check_notes(bodies, notes, {label: note.place for label, note in written_notes.items()}, problems)
    check_citations([*bodies, *notes.values()], references, problems)
    return parts, blocks, notes


def parse_source(
    source: Source, parser: MarkdownIt, references: References | None, problems: list[Problem]
) -> tuple[list[Token], dict[str, WrittenNote]]:
    """Parse Markdown without its comments and check its blocks; give the tokens of the text, and the notes."""
    check_comments(source, problems)
    definitions = Definitions()
    environment: dict[str, Any] = {"references": definitions}
    tokens = parser.parse(source.uncommented.text, environment)
    check_nesting(source, tokens, problems)
    check_block_marks(source, tokens, problems)
    definitions.check(source, environment.get("duplicate_refs", ()), problems)
    text, notes = split_notes(source, check_directives(source, tokens, problems), problems)
    check_filled(source, with_notes(text, notes), problems)
    for inline in source.inlines(with_notes(text, notes)):
        check_literals(inline, problems, references.entries if references else ())
    return text, notes


def with_notes(text: Sequence[Token], notes: Mapping[str, WrittenNote]) -> list[Token]:
    """Give the tokens of a text, and after them those of its notes."""
    return [*text, *(token for note in notes.values() for token in note.tokens)]


def _make_body(tokens: Sequence[Token], *, source: Source, pictures: PictureFinder, problems: list[Problem]) -> Body:
    found = Problems()
    body = make_body(source, tokens, partial(pictures.find_beside, source.path, problems=found), problems)
    problems.extend(found)
    return body
