"""Reads one Markdown file into a handout: front matter, parts, sections, important blocks and notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handouts.model.library import Block, Body, Handout, Part
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity, select_errors
from handouts.problems.rule import Rule
from handouts.read.context import ReadContext
from handouts.read.markdown.body import make_body
from handouts.read.markdown.document import MarkdownDocument, parse_document
from handouts.read.markdown.fields import check_field_names
from handouts.read.markdown.ids import check_ids, check_listed_texts, check_selections, check_treatment
from handouts.read.markdown.links import check_links
from handouts.read.markdown.notes import check_notes
from handouts.read.markdown.outline import make_outline
from handouts.read.markdown.places import Source, drop_long_lines
from handouts.read.markdown.sources import AUTHORS_GUIDE
from handouts.read.references import check_citations
from handouts.read.slow_files import read_with_time_limit
from handouts.read.text_file import read_text
from handouts.read.yaml.load import parse_mapping
from handouts.read.yaml.nodes import collect_places
from handouts.read.yaml.validate import MORE_PROBLEMS, validate
from handouts.schema.front_matter import FrontMatter

EMPTY_HANDOUT: Final = Rule(
    "empty-handout",
    Severity.ERROR,
    title="an empty file of a handout",
    why="There is nothing to print.",
    source=AUTHORS_GUIDE,
    message="the file is empty",
    hint="`handouts new handout ID` makes a new one",
)
NO_SECTIONS: Final = Rule(
    "no-sections",
    Severity.ERROR,
    title="a handout without sections",
    why="There is nothing to print.",
    source=AUTHORS_GUIDE,
    message="the handout has no section",
    hint="write ## A question? {{#its-id}}",
)
NO_FRONT_MATTER: Final = Rule(
    "no-front-matter",
    Severity.ERROR,
    title="a handout without front matter",
    why="Title, version, dates and disclaimer have to be on every print.",
    source=AUTHORS_GUIDE,
    message="the file does not start with front matter",
    hint="put it between two lines of ---",
)
UNCLOSED_FRONT_MATTER: Final = Rule(
    "unclosed-front-matter",
    Severity.ERROR,
    title="front matter that is never closed",
    why="It is not clear where the text of the handout starts.",
    source=AUTHORS_GUIDE,
    message="the front matter is never closed",
    hint="end it with a line of ---",
)
RULES: Final = (EMPTY_HANDOUT, NO_SECTIONS, NO_FRONT_MATTER, UNCLOSED_FRONT_MATTER)

_MOST_ERRORS: Final = 200  # of one file: text of another kind has one in each line
_Places = Mapping[tuple[str | int, ...], Place]


@dataclass(frozen=True, slots=True)
class _FileParts:
    """A file split into its front matter (None if it is missing) and the Markdown after it."""

    front_matter: str | None
    markdown: str
    first_line: int = 1


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of a handout: the printed content of its Markdown."""

    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]
    notes: Mapping[str, Body]


def read_handout(context: ReadContext, path: Path, problems: Problems) -> Handout | None:
    """Read content/handouts/<id>/<lang>.md; add every problem found and return None if there is an error."""
    own_problems = Problems()
    handout = read_with_time_limit(
        context.project, path, lambda: _read_handout(context, path, own_problems), own_problems
    )
    errors = select_errors(own_problems)
    dropped = set(map(id, errors[_MOST_ERRORS:]))
    problems.extend(problem for problem in own_problems if id(problem) not in dropped)
    if len(errors) > _MOST_ERRORS:
        problems.add(MORE_PROBLEMS.at(context.project.place(path), count=len(errors) - _MOST_ERRORS))
    return None if errors else handout


def _read_handout(context: ReadContext, path: Path, problems: Problems) -> Handout | None:
    file = context.project.place(path).file
    text = read_text(context.project, path, problems)
    if text is None:
        return None
    split = _split_front_matter(text, file, problems)
    front, front_at = _read_front_matter(split, file, problems)
    if not split.markdown and problems.has_errors:
        return None
    source = drop_long_lines(Source(split.markdown, path, file, split.first_line), problems)
    body = _read_text(context, source, problems)
    if front is None:
        return None
    check_selections(front, body.parts, front_at, problems)
    check_listed_texts(front, body.parts, front_at, problems)
    check_treatment(front, body.parts, body.blocks, front_at, problems)
    place = Place(file, 1)
    handout = Handout(path.parent.name, path.stem, front, body.parts, body.blocks, dict(body.notes), place, front_at)
    check_field_names(handout.fields, problems)
    return handout


def _split_front_matter(text: str, file: str, problems: Problems) -> _FileParts:
    lines = text.split("\n")
    start = Place(file, 1)
    if not text.strip():
        problems.add(EMPTY_HANDOUT.at(start))
        return _FileParts(None, "")
    if lines[0].rstrip() != "---":
        problems.add(NO_FRONT_MATTER.at(start))
        return _FileParts(None, text)
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() in {"---", "..."}), None)
    if end is None:
        problems.add(UNCLOSED_FRONT_MATTER.at(start))
        return _FileParts(None, "")
    return _FileParts("\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2)


def _read_front_matter(split: _FileParts, file: str, problems: Problems) -> tuple[FrontMatter | None, _Places]:
    """Return the front matter and the places of its values."""
    if split.front_matter is None:
        return None, {}
    mapping = parse_mapping(split.front_matter, file, problems, name="front matter", first_line=2)
    front = validate(FrontMatter, mapping, problems) if mapping else None
    return front, collect_places(mapping) if mapping else {}


def _read_text(context: ReadContext, source: Source, problems: Problems) -> _Text:
    document = parse_document(source, context.parser, context.references.entries, problems)
    parts, blocks = make_outline(
        source, document.tokens, lambda tokens: make_body(source, tokens, context.pictures, problems), problems
    )
    notes = {
        label: make_body(source, note.tokens, context.pictures, problems) for label, note in document.notes.items()
    }
    if not any(part.sections for part in parts):
        problems.add(NO_SECTIONS.at(Place(source.file, source.first_line)))
    bodies = [*(section.body for part in parts for section in part.sections), *(block.body for block in blocks)]
    blanks = [blank for body in (*bodies, *notes.values()) for blank in body.blanks]
    ids = check_ids(parts, blocks, _find_figure_ids(source, document), blanks, problems)
    check_links(source, document.all_tokens, ids, "part, section, block or figure", problems)
    check_notes(bodies, notes, document.notes, problems)
    check_citations([*bodies, *notes.values()], context.references, problems)
    return _Text(parts, blocks, notes)


def _find_figure_ids(source: Source, document: MarkdownDocument) -> list[tuple[str, Place]]:
    return [
        (str(token.meta["attributes"].get("id", "")), source.place(token))
        for token in document.tokens
        if token.type == "container_block_open" and token.meta["name"] == "figure"
    ]
