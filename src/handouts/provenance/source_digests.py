"""Digests of the sources that an output is made from, each computed once in a run."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from handouts.assets.language_fonts import find_language_font
from handouts.compose.labels import Labels
from handouts.compose.style_sheets import LANGUAGE_SHEET, name_brand_sheet
from handouts.compose.template_values import choose_logo
from handouts.model.document import Composed, Sheet
from handouts.model.edition import Edition
from handouts.model.library import Block, Citation, Handout, Insert, Practice, ReferenceEntry, Section
from handouts.model.project import shipped
from handouts.numbering.number import Numbered, Passage, number
from handouts.numbering.select import Selection, select
from handouts.provenance.printed_values import (
    dump_front_matter,
    dump_labels,
    dump_profile,
    dump_reference,
    write_body,
)
from handouts.provenance.used_files import find_named_files
from handouts.schema.front_matter import SectionText
from handouts.schema.labels import LabelFile
from handouts.schema.provenance import Source
from handouts.schema.settings import FormatSettings
from handouts.system.cache import Cache, IdentityMemo
from handouts.system.digests import digest, digest_of_file

_FONT_SUFFIXES: Final = frozenset({".ttf", ".otf", ".woff", ".woff2"})
_CACHE_SIZE: Final = 1000  # selections


@dataclass(frozen=True, slots=True)
class KnownDigests:
    """Digests of the files that were read, and the files of the folders that were listed, by folder and pattern."""

    files: dict[Path, str] = field(default_factory=dict)
    folders: dict[tuple[Path, str], list[Path]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many files and folders are known."""
        return len(self.files) + len(self.folders)

    def update(self, others: "KnownDigests") -> None:
        """Add those of another run of the same files."""
        self.files.update(others.files)
        self.folders.update(others.folders)


class SourceDigests:
    """Computes digests of values, texts and files, each once, so it must not outlive a run."""

    def __init__(self, references: Mapping[str, ReferenceEntry], style_folders: Iterable[Path] = ()) -> None:
        """Take the references of a project, and its style folders."""
        self._references = references
        self._style_folders = tuple(style_folders)
        self.known = KnownDigests()
        self._write_body = IdentityMemo(write_body)
        self._front_matter = IdentityMemo(dump_front_matter)
        self._profile = IdentityMemo(dump_profile)
        self._reference = IdentityMemo(dump_reference)
        self._labels = IdentityMemo(dump_labels)
        self._text = IdentityMemo(self._digest_text, capacity=_CACHE_SIZE)
        self._cited = lru_cache(_CACHE_SIZE)(self._digest_of_references)
        self._used = cache(self._find_used_files)
        self._fonts = lru_cache(_CACHE_SIZE)(self._list_font_files)
        self._designs: Cache[Hashable, tuple[str, FormatSettings, LabelFile]] = Cache(_CACHE_SIZE)

    def digest_file(self, path: Path) -> str:
        """Return the digest of the content of a file."""
        if path not in self.known.files:
            self.known.files[path] = digest_of_file(path)
        return self.known.files[path]

    def list_files(self, folder: Path, pattern: str = "*") -> list[Path]:
        """Return the files of a folder, sorted."""
        if (folder, pattern) not in self.known.folders:
            self.known.folders[folder, pattern] = _list_files(folder, pattern)
        return self.known.folders[folder, pattern]

    def digest_style_files(self) -> None:
        """Read all files of the style folders that were not read yet, so that their digests are known."""
        for folder in self._style_folders:
            for path in self.list_files(folder):
                self.digest_file(path)

    def digest_contents(self, numbered: Numbered, practice: Practice) -> Mapping[Source, str]:
        """Return the digests of what a patient reads: the same in all formats, on any paper and in any ink.

        They are computed from the values that were read, not from pages, so that new releases of the tool keep them.
        Line breaks in the files, and the syntax around the values, make no difference.
        """
        version, text = self._text(numbered.selection)
        inserts = [
            (name, [self._write_insert(insert) for insert in passage.inserts])
            for name, passage in numbered.passages.items()
            if passage.inserts
        ]
        replaced = [
            (section.id, self._write_passage(numbered.passages[section.id]))
            for section in numbered.selection.sections
            if numbered.passages[section.id].body is not section.body
        ]
        bodies = (body for passage in numbered.passages.values() for body in passage.bodies)
        return {
            "text": text,
            "version": version,
            "references": self._cited(tuple(sorted(numbered.listed))),
            "practice": digest([self._profile(practice.profile), inserts, *([replaced] if replaced else [])]),
            "pictures": digest([picture.digest for body in bodies for picture in body.pictures]),
        }

    def digest_pieces(self, handout: Handout) -> Mapping[str, str]:
        """Return the digest of each piece of a handout that is printed, whatever the practice.

        The pieces are its sections and blocks, by id, and in brackets its front matter, their order and its references.
        """
        numbered = number(select(handout))
        units: tuple[Section | Block, ...] = (*handout.sections, *handout.blocks)
        order = [[part.id, part.title, [section.id for section in part.sections]] for part in handout.parts]
        pieces = {
            "(front matter)": digest(self._front_matter(handout.front)[0]),
            "(order)": digest([order, [[block.id, block.always_with] for block in handout.blocks]]),
            "(references)": self._cited(tuple(sorted(numbered.listed))),
        }
        for unit in units:
            conditions = [unit.only, unit.audience] if isinstance(unit, Section) else []
            written = conditions if any(conditions) else []
            pieces[unit.id] = digest([unit.title, *self._digest_passage(numbered.passages[unit.id]), *written])
        return pieces

    def digest_insert(self, insert: Insert) -> str:
        """Return the digest of a practice's own text, with the pictures and references in it."""
        keys = {key for body in insert.bodies for mark in body.marks if isinstance(mark, Citation) for key in mark.keys}
        notes = [[label, self._write_body(body)] for label, body in sorted(insert.notes.items())]
        pictures = [picture.digest for body in insert.bodies for picture in body.pictures]
        return digest([self._write_body(insert.body), notes, pictures, self._cited(tuple(sorted(keys)))])

    def digest_looks(
        self,
        practice: Practice,
        edition: Edition,
        labels: Labels,
        templates: Mapping[str, str],
        document: Composed,
    ) -> Mapping[Source, str]:
        """Return the digests of what a print looks like, from the templates and document that it was made with."""
        language = document.language
        sheets = _list_shared_sheets(practice, document)
        texts = (*templates.values(), *(sheet.text for sheet in sheets))
        used_fonts = tuple(path for _, path in self._used(texts) if path.suffix.lower() in _FONT_SUFFIXES)
        font = find_language_font(language, practice.language_fonts) if sheets else None
        practice_fonts = {style: font.digest for style, font in practice.fonts.items()}
        logo = choose_logo(practice, edition).digest
        return {
            "brand": digest([practice.profile.colors.model_dump(), logo, *filter(None, [practice.published_at])]),
            "design": self._digest_design(edition.format.settings, labels.file, templates, sheets),
            "fonts": digest(
                [practice_fonts, self._fonts(used_fonts) if sheets else [], *([font.version] if font else [])]
            ),
        }

    def _digest_design(
        self, settings: FormatSettings, labels: LabelFile, templates: Mapping[str, str], sheets: Sequence[Sheet]
    ) -> str:
        names_and_texts = tuple(sorted(templates.items())), tuple((sheet.name, sheet.text) for sheet in sheets)
        key = id(settings), id(labels), names_and_texts
        known = self._designs.get(key)
        if known is None:
            dump = settings.model_dump(mode="json", exclude={"title"})
            files = self._list_style_files(templates, sheets)
            parts = [dump, self._labels(labels), dict(templates), names_and_texts[1], files]
            known = digest(parts), settings, labels  # with the objects, so that no others get their ids
            self._designs.put(key, known)
        return known[0]

    def digest_shown_files(self, practice: Practice, templates: Mapping[str, str], document: Composed) -> str:
        """Return a digest of the files of style folders, other than fonts, that templates and style sheets name."""
        return digest(self._list_style_files(templates, _list_shared_sheets(practice, document)))

    def _list_style_files(self, templates: Mapping[str, str], sheets: Sequence[Sheet]) -> list[tuple[str, str]]:
        used = self._used((*templates.values(), *(sheet.text for sheet in sheets)))
        # The same file may be in the styles of the project and in the shipped ones.
        return sorted(
            {(name, self.digest_file(path)) for name, path in used if path.suffix.lower() not in _FONT_SUFFIXES}
        )

    def _list_font_files(self, own_files: tuple[Path, ...]) -> list[tuple[str, str]]:
        bundled = self.list_files(shipped() / "styles" / "fonts", "*.ttf")
        return sorted({(path.name, self.digest_file(path)) for path in (*bundled, *own_files)})

    def _digest_text(self, selection: Selection) -> tuple[str, str]:
        """Return the digests of the version and of the text of a selection, without inserts."""
        if selection.members:
            of_members = [self._digest_text(member.selection) for member in selection.members]
            versions, of_texts = zip(*of_members, strict=True)
            return digest(versions), digest([selection.handout.front.title, of_texts])
        passages = number(selection).passages
        units: tuple[Section | Block, ...] = (*selection.sections, *selection.important)
        numbers = [section.number for section in selection.sections]
        count = 0 if selection.is_whole else len(selection.handout.sections)
        parts = [(part.id, part.title, [section.id for section in part.sections]) for part in selection.parts]
        texts = [(unit.id, unit.title, self._write_passage(passages[unit.id])) for unit in units]
        # An empty list would change the print codes of handouts without urgent blocks.
        urgent = [(unit.id, unit.title, self._write_passage(passages[unit.id])) for unit in selection.urgent]
        # Likewise, an empty list of what is printed only because it belongs to a chosen section.
        listed = () if selection.is_whole else (*selection.actions, *selection.questions)
        of_sections = [str(text) for _, text in listed if isinstance(text, SectionText)]
        optional = [*([urgent] if urgent else []), *([{"of sections": of_sections}] if of_sections else [])]
        front_matter, version = self._front_matter(selection.handout.front)
        return digest(version), digest([front_matter, numbers, count, parts, texts, *optional])

    def _digest_of_references(self, keys: tuple[str, ...]) -> str:
        return digest([self._reference(self._references[key].reference) for key in keys])

    def _find_used_files(self, texts: tuple[str, ...]) -> list[tuple[str, Path]]:
        """Return the files of style folders that templates and style sheets name, with their paths in the folder."""
        folder_of = {path: folder for folder in self._style_folders for path in self.list_files(folder)}
        named = find_named_files(texts, folder_of)
        return sorted((path.relative_to(folder_of[path]).as_posix(), path) for path in named)

    def _digest_passage(self, passage: Passage) -> list[object]:
        bodies = (passage.body, *(note.body for note in passage.notes))
        return [self._write_passage(passage), [picture.digest for body in bodies for picture in body.pictures]]

    def _write_insert(self, insert: Passage) -> list[object]:
        return [*self._write_passage(insert), *(["start"] if insert.at == "start" else [])]

    def _write_passage(self, passage: Passage) -> list[object]:
        notes = [(note.label, self._write_body(note.body)) for note in passage.notes]
        return [self._write_body(passage.body), notes]


def _list_shared_sheets(practice: Practice, document: Composed) -> list[Sheet]:
    """Return the style sheets of a document that are those of other practices and languages, too."""
    # The font of a language is known by its family and version; its letters are those of the text.
    return [sheet for sheet in document.sheets if sheet.name not in {name_brand_sheet(practice), LANGUAGE_SHEET}]


def _list_files(folder: Path, pattern: str) -> list[Path]:
    return [path for path in sorted(folder.rglob(pattern)) if path.is_file()]
