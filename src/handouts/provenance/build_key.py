"""Build keys: digests of everything that an output is made from, computed without composing it.

Outputs with the same build key are the same, byte for byte. They do not depend on what is not printed: sections
that were not chosen, references that are not cited, and line numbers in files.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from markdown_it.token import Token

from handouts.assets.language_fonts import find_language_font
from handouts.compose.composer import Composer
from handouts.compose.language_notice import find_notice_fonts
from handouts.compose.style_sheets import list_sheet_names
from handouts.compose.template_values import choose_logo
from handouts.model.edition import Edition
from handouts.model.library import Body, Practice
from handouts.numbering.number import Numbered
from handouts.problems.collector import Problems
from handouts.provenance.source_digests import SourceDigests
from handouts.provenance.used_files import UsableFiles
from handouts.system.cache import IdentityMemo
from handouts.system.digests import digest

_CACHE_SIZE: Final = 1000  # selections


class BuildKeys:
    """Computes the build keys of a run: each value and file is read once, however many outputs it is part of."""

    def __init__(self, composer: Composer, digests: SourceDigests, engine: Mapping[str, str]) -> None:
        """Take the composer of the outputs, the digests of their sources, and the versions of the engine."""
        self._composer = composer
        self._digests = digests
        self._engine = digest(dict(engine))
        self._usable = UsableFiles(composer.files, digests.list_files)
        self._labels = cache(self._digest_of_labels)
        self._edition = IdentityMemo(self._digest_of_edition)
        self._practice = IdentityMemo(_digest_of_practice)
        self._selection = IdentityMemo(self._digest_of_selection, capacity=_CACHE_SIZE)
        self._body = IdentityMemo(_digest_of_body)
        self._last: tuple[Numbered | None, Practice | None, str] = (None, None, "")

    def build_key(self, numbered: Numbered, practice: Practice, edition: Edition) -> str:
        """Return the build key of an output (SHA-256).

        Files count by content, not by date, so a fresh clone has the same keys.
        """
        # Outputs come practice by practice, and all formats of a handout one after another.
        if self._last[0] is not numbered or self._last[1] is not practice:
            self._last = numbered, practice, self._digest_of_content(numbered, practice)
        logo = choose_logo(practice, edition)
        return digest(
            [
                self._engine,
                self._labels(numbered.selection.handout.language, practice.profile.country),
                self._edition(edition),
                [logo.name, logo.digest],
                self._last[2],
                self._composer.has_banner(numbered.selection.handout),
            ],
            length=64,
        )

    def _digest_of_content(self, numbered: Numbered, practice: Practice) -> str:
        # The digests of contents are written into the file, so they are part of it.
        contents = self._digests.digest_contents(numbered, practice)
        font = find_language_font(numbered.selection.handout.language, practice.language_fonts)
        return digest([self._practice(practice), self._selection(numbered), contents, font.version if font else ""])

    def _digest_of_labels(self, language: str, country: str) -> str:
        labels, _ = self._composer.labels(language, country)
        return digest([language, country, labels.file.model_dump() if labels else None])

    def _digest_of_edition(self, edition: Edition) -> str:
        pieces = {name: self._composer.files.read("styles", name, Problems()) for name in list_sheet_names(edition)}
        texts = {name: piece.text if piece else None for name, piece in pieces.items()}
        folders = self._composer.files.style_folders if texts else ()
        readable = tuple(text for text in texts.values() if text)
        usable = self._usable.style_files(folders, readable, edition.format.template)
        settings = edition.format.settings.model_dump(mode="json", exclude={"title"})
        return digest(
            [
                [edition.format.name, settings, edition.options.words],
                self._usable.templates(edition.format.template),
                texts,
                [
                    (n, path.relative_to(folder).as_posix(), self._digests.digest_file(path))
                    for n, folder in enumerate(reversed(folders))  # the shipped folder comes last, and always exists
                    for path in usable
                    if path.is_relative_to(folder)
                ],
            ]
        )

    def _digest_of_selection(self, numbered: Numbered) -> str:
        """Return a digest of what the digests of contents leave out, such as line breaks and picture names."""
        selection = numbered.selection
        bodies = [self._body(body) for passage in numbered.passages.values() for body in passage.bodies]
        blocks = [(block.id, block.always_with, block.is_urgent) for block in selection.blocks]
        return digest([selection.handout.id, len(selection.handout.sections), blocks, bodies])


def _digest_of_practice(practice: Practice) -> str:
    profile = practice.profile.model_dump(mode="json", exclude={"inserts", "notes"})
    fonts = {style: (font.name, font.digest) for style, font in practice.fonts.items()}
    of_notices = [font.version for _, font, _ in find_notice_fonts(practice, practice.language)]
    published_at = [{"published at": practice.published_at}] if practice.published_at else []
    return digest([practice.id, profile, fonts, *([of_notices] if of_notices else []), *published_at])


def _digest_of_body(body: Body) -> str:
    return digest([list(_get_token_values(body.tokens)), [picture.name for picture in body.pictures]])


def _get_token_values(tokens: Iterable[Token]) -> Iterator[object]:
    """Yield all values of tokens that a renderer uses; `map`, their place in the file, is left out."""
    for token in tokens:
        values = [token.type, token.tag, token.content, token.markup, token.info, token.hidden, token.attrs, token.meta]
        yield [*values, list(_get_token_values(token.children or ()))]
