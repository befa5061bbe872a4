"""Sources: a digest of everything that an output is made from, known without composing it.

Outputs with the same digest are the same, byte for byte. What is not printed has no part in it: sections that were not
chosen, references that nothing printed cites, and on which line of a file something stands.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from markdown_it.token import Token

from handouts.compose.composer import Composer
from handouts.compose.style_sheets import list_sheet_names
from handouts.compose.template_values import choose_logo
from handouts.model.edition import Edition
from handouts.model.library import Body, Practice
from handouts.numbering.number import Numbered
from handouts.problems.collector import Problems
from handouts.provenance.source_digests import options_of
from handouts.provenance.used_files import Reach
from handouts.system.digests import digest
from handouts.system.once import OnceEach

_AT_ONCE = 1000  # selections that are remembered


class Sources:
    """Takes the digests of a run: each value and file is looked at once, however many outputs are made from it."""

    def __init__(self, composer: Composer, engine: Mapping[str, str]) -> None:
        """Take what composes the outputs, and the versions of what makes them."""
        self._composer = composer
        self._files = composer.digests
        self._engine = digest(dict(engine))
        self._reach = Reach(composer.pieces, composer.digests.files_in)
        self._words = cache(self._of_words)
        self._edition = OnceEach(self._of_edition)
        self._practice = OnceEach(self._of_practice)
        self._selection = OnceEach(self._of_selection, most=_AT_ONCE)
        self._body = OnceEach(_of_body)
        self._last: tuple[Numbered | None, Practice | None, str] = (None, None, "")

    def digest(self, numbered: Numbered, practice: Practice, edition: Edition) -> str:
        """Give the digest of an output (SHA-256).

        Files count by what is in them, not by date, so a fresh clone has the same digests.
        """
        # Outputs come practice by practice, and of one in all formats.
        if self._last[0] is not numbered or self._last[1] is not practice:
            self._last = numbered, practice, self._of_content(numbered, practice)
        logo = choose_logo(practice, edition)
        return digest(
            [
                self._engine,
                self._words(numbered.selection.handout.language, practice.profile.country),
                self._edition(edition),
                [logo.name, logo.digest],
                self._last[2],
            ],
            length=64,
        )

    def _of_content(self, numbered: Numbered, practice: Practice) -> str:
        # The digests of contents are written into the file, so they are part of it.
        contents = self._composer.digests.contents(numbered, practice)
        return digest([self._practice(practice), self._selection(numbered), contents])

    def _of_words(self, language: str, country: str) -> str:
        labels, _ = self._composer.labels(language, country)
        return digest([language, country, labels.file.model_dump() if labels else None])

    def _of_edition(self, edition: Edition) -> str:
        pieces = {name: self._composer.pieces.read("styles", name, Problems()) for name in list_sheet_names(edition)}
        texts = {name: piece.text if piece else None for name, piece in pieces.items()}
        folders = self._composer.folders if texts else ()
        found = tuple(text for text in texts.values() if text)
        usable = self._reach.style_files(folders, found, edition.format.template)
        settings = edition.format.settings.model_dump(mode="json", exclude={"title"})
        return digest(
            [
                [edition.format.name, settings, edition.paper, edition.ink, options_of(edition)],
                self._reach.templates(edition.format.template),
                texts,
                [
                    (n, path.relative_to(folder).as_posix(), self._files.of_file(path))
                    for n, folder in enumerate(reversed(folders))  # the shipped ones come last, and are always there
                    for path in usable
                    if path.is_relative_to(folder)
                ],
            ]
        )

    def _of_practice(self, practice: Practice) -> str:
        profile = practice.profile.model_dump(mode="json", exclude={"inserts"})
        fonts = {style: (font.name, font.digest) for style, font in practice.fonts.items()}
        return digest([practice.id, profile, fonts])

    def _of_selection(self, numbered: Numbered) -> str:
        """Take what the digests of contents leave out: how lines are broken, and what is only there to be looked up."""
        selection = numbered.selection
        bodies = [self._body(body) for passage in numbered.passages.values() for body in passage.bodies]
        blocks = [(block.id, block.always_with) for block in selection.blocks]
        return digest([selection.handout.id, len(selection.handout.sections), blocks, bodies])


def _of_body(body: Body) -> str:
    return digest([list(_written(body.tokens)), [picture.name for picture in body.pictures]])


def _written(tokens: Iterable[Token]) -> Iterator[object]:
    """Write tokens with all that a renderer makes something of; `map` only says where they stand in the file."""
    for token in tokens:
        about = [token.type, token.tag, token.content, token.markup, token.info, token.hidden, token.attrs, token.meta]
        yield [*about, list(_written(token.children or ()))]
