"""Parses and checks a Markdown text: of a handout, or of an insert of a practice."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from handouts.problems.collector import Problems
from handouts.read.markdown.block_marks import check_block_marks
from handouts.read.markdown.directives import check_block_contents, check_directives
from handouts.read.markdown.item_conditions import read_item_conditions
from handouts.read.markdown.links import LinkDefinitions
from handouts.read.markdown.lists import check_lists
from handouts.read.markdown.literal import check_literals
from handouts.read.markdown.notes import NoteDefinition, split_notes
from handouts.read.markdown.parser import check_nesting
from handouts.read.markdown.picture_blocks import check_picture_blocks
from handouts.read.markdown.places import Source, check_comments
from handouts.read.markdown.tables import check_rows
from handouts.read.text_length import MOST_CHARACTERS, PARAGRAPH_TOO_LONG


@dataclass(frozen=True, slots=True)
class MarkdownDocument:
    """The block tokens of a text, without comments and definitions of notes, which are in `notes` by label."""

    tokens: tuple[Token, ...]
    notes: Mapping[str, NoteDefinition]

    @property
    def all_tokens(self) -> list[Token]:
        """The tokens of the text, followed by those of its notes."""
        return [*self.tokens, *(token for note in self.notes.values() for token in note.tokens)]


def parse_document(
    source: Source, parser: MarkdownIt, reference_ids: Collection[str], problems: Problems
) -> MarkdownDocument:
    """Parse Markdown; report text that would not be printed, or not as intended."""
    check_comments(source, problems)
    definitions = LinkDefinitions()
    environment: dict[str, Any] = {"references": definitions}
    tokens = parser.parse(source.uncommented.text, environment)
    for token, length in environment.get("long_texts", ()):
        problems.add(PARAGRAPH_TOO_LONG.at(source.place(token), length=length, most=MOST_CHARACTERS))
    check_nesting(source, tokens, problems)
    check_block_marks(source, tokens, problems)
    check_lists(source, tokens, problems)
    check_rows(source, tokens, problems)
    definitions.check(source, environment.get("duplicate_refs", ()), problems)
    text, notes = split_notes(source, check_directives(source, tokens, problems), problems)
    document = MarkdownDocument(tuple(text), notes)
    check_block_contents(source, document.all_tokens, problems)
    check_picture_blocks(source, document.all_tokens, problems)
    for inline in source.inlines(document.all_tokens):
        check_literals(inline, reference_ids, problems)
    read_item_conditions(source, document.all_tokens, problems)
    return document
