"""What an output is made from: a digest of each of its sources, and the print code of those that a patient reads."""

import hashlib
import importlib.metadata
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from markdown_it.token import Token

from handouts.compose.labels import Labels
from handouts.compose.template_values import choose_logo
from handouts.model.document import Sheet
from handouts.model.edition import Edition
from handouts.model.library import Block, Body, Practice, ReferenceEntry, Section
from handouts.model.project import shipped
from handouts.numbering.number import Numbered, Passage, number
from handouts.numbering.select import Selection
from handouts.schema.front_matter import FrontMatter
from handouts.schema.labels import LabelFile
from handouts.schema.practice import PracticeProfile
from handouts.schema.print_code import print_code
from handouts.schema.provenance import Option, Source
from handouts.schema.reference import Reference
from handouts.system.digests import content_of, digest, digest_of_file
from handouts.system.once import OnceEach

# A print of the old version is told from one of the new by these, whatever else changed.
_VERSION = {"code", "version", "published", "review_due", "status", "reviewed_by"}
# What is only a way to choose is on no page, and looks are told apart from what is said.
_LOOKS = {"paper", "logo", "logo_black", "colors", "font", "inserts"}
# What is noted at a token for checks and places, and printed nowhere.
_NOT_PRINTED = frozenset({"offset", "file", "literal", "cells", "bars"})
_FONTS = frozenset({".ttf", ".otf", ".woff", ".woff2"})
_AT_ONCE = 1000  # selections whose digests are remembered
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class SourceDigests:
    """The digests of sources; each value, text and file is looked at once, so it lives no longer than a run."""

    def __init__(self, references: Mapping[str, ReferenceEntry], folders: Iterable[Path] = ()) -> None:
        """Take the references of a project, and the style folders."""
        self._references = references
        self._folders = tuple(folders)
        self.of_file = cache(digest_of_file)
        self.files_in = cache(_files_in)
        self._running = OnceEach(_running)
        self._front = OnceEach(_front_matter)
        self._profile = OnceEach(_profile)
        self._reference = OnceEach(_reference)
        self._words = OnceEach(_words)
        self._text = OnceEach(self._of_text, most=_AT_ONCE)
        self._cited = lru_cache(_AT_ONCE)(self._of_cited)
        self._used = cache(self._named_in)

    def contents(self, numbered: Numbered, practice: Practice) -> Mapping[Source, str]:
        """Give the digests of what a patient reads: the same in all formats, on any paper and in any ink.

        They are taken from the values that were read, not from pages, so that no new release of the tool changes them.
        Where lines are broken in the files, and what is around the values there, makes no difference.
        """
        version, text = self._text(numbered.selection)
        inserts = [
            (name, [self._printed(insert) for insert in passage.inserts])
            for name, passage in numbered.passages.items()
            if passage.inserts
        ]
        bodies = (body for passage in numbered.passages.values() for body in passage.bodies)
        return {
            "text": text,
            "version": version,
            "references": self._cited(tuple(sorted(numbered.listed))),
            "practice": digest([self._profile(practice.profile), inserts]),
            "pictures": digest([picture.digest for body in bodies for picture in body.pictures]),
        }

    def _of_text(self, selection: Selection) -> tuple[str, str]:
        """Give the digests of the version and of the text of a selection: inserts have no part in them."""
        passages = number(selection).passages
        units: tuple[Section | Block, ...] = (*selection.sections, *selection.blocks)
        numbers = [section.number for section in selection.sections]
        count = 0 if selection.is_whole else len(selection.handout.sections)
        parts = [(part.id, part.title, [section.id for section in part.sections]) for part in selection.parts]
        texts = [(unit.id, unit.title, self._printed(passages[unit.id])) for unit in units]
        front_matter, version = self._front(selection.handout.front)
        return digest(version), digest([front_matter, numbers, count, parts, texts])

    def _of_cited(self, keys: tuple[str, ...]) -> str:
        return digest([self._reference(self._references[key].reference) for key in keys])

    def looks(
        self,
        practice: Practice,
        edition: Edition,
        labels: Labels,
        templates: Mapping[str, str],
        sheets: Sequence[Sheet],
    ) -> Mapping[Source, str]:
        """Give the digests of what a print looks like; `templates` are those used, `sheets` are without the brand."""
        settings = edition.format.settings.model_dump(mode="json", exclude={"title"})
        used = self._used((*templates.values(), *(sheet.text for sheet in sheets)))
        # The same file may lie in the styles of the project and in those that are shipped.
        design = sorted({(name, self.of_file(path)) for name, path in used if path.suffix.lower() not in _FONTS})
        bundled = self.files_in(shipped() / "styles" / "fonts", "*.ttf")
        fonts = [*bundled, *(path for _, path in used if path.suffix.lower() in _FONTS)] if sheets else []
        named = sorted({(path.name, self.of_file(path)) for path in fonts})
        own = {style: font.digest for style, font in practice.fonts.items()}
        logo = choose_logo(practice, edition).digest
        return {
            "brand": digest([practice.profile.colors.model_dump(), logo]),
            "design": digest(
                [settings, self._words(labels.file), templates, [(sheet.name, sheet.text) for sheet in sheets], design]
            ),
            "fonts": digest([own, named]),
        }

    def _named_in(self, texts: tuple[str, ...]) -> list[tuple[str, Path]]:
        """Find the files of style folders that texts name, also by way of a style sheet that they import."""
        waiting = [(folder, path) for folder in self._folders for path in self.files_in(folder)]
        unread = [_COMMENT.sub("", text) for text in texts]
        used: list[tuple[str, Path]] = []
        while unread:
            text = unread.pop()
            found = [(folder, path) for folder, path in waiting if path.name in text]
            waiting = [one for one in waiting if one not in found]
            used += [(path.relative_to(folder).as_posix(), path) for folder, path in found]
            sheets = [path for _, path in found if path.suffix == ".css"]
            unread += [_COMMENT.sub("", content_of(path).decode("utf-8", "replace")) for path in sheets]
        return sorted(used)

    def _printed(self, passage: Passage) -> list[object]:
        notes = [(note.label, self._running(note.body)) for note in passage.notes]
        return [self._running(passage.body), notes]


def print_code_of(numbered: Numbered, practice: Practice, read: Mapping[Source, str]) -> str:
    """Give the print code of a selection for a practice, from the digests of what a patient reads.

    It is printed on the page, so it can only be made of what the page is filled with. Templates, style sheets, fonts
    and the tool have no part in it: a leaflet stays current when the look changes.
    """
    handout = numbered.selection.handout
    named = [handout.id, handout.language, practice.id, *(section.id for section in numbered.selection.sections)]
    return print_code(hashlib.sha256(json.dumps([named, read], sort_keys=True).encode()).digest())


def options_of(edition: Edition) -> tuple[Option, ...]:
    """Name the options that an edition was made with, as `handouts build` has them."""
    chosen: dict[Option, bool] = {
        "press": edition.press,
        "single": not edition.imposed,
        "unmarked": not edition.fold_marks,
        "fit": edition.fit,
    }
    return tuple(name for name, is_so in chosen.items() if is_so)


@cache
def tool() -> str:
    """Name the tool and the engine that lays out its pages, with their versions."""
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("handouts", "weasyprint", "pydyf"))


def _files_in(folder: Path, pattern: str = "*") -> list[Path]:
    return [path for path in sorted(folder.rglob(pattern)) if path.is_file()]


def _front_matter(front: FrontMatter) -> tuple[object, object]:
    """Give the values that are printed, and those that make a version, as JSON has them."""
    return (
        front.model_dump(mode="json", exclude={*_VERSION, "selections"}, exclude_defaults=True),
        front.model_dump(mode="json", include=_VERSION, exclude_defaults=True),
    )


def _profile(profile: PracticeProfile) -> object:
    return profile.model_dump(mode="json", exclude=_LOOKS, exclude_defaults=True)


def _reference(reference: Reference) -> object:
    return reference.model_dump(mode="json", exclude_defaults=True)


def _words(file: LabelFile) -> object:
    return file.model_dump()


def _running(body: Body) -> str:
    return "".join(_pieces(body.tokens))


def _pieces(tokens: Iterable[Token]) -> Iterator[str]:
    """Write tokens as text, without what says where they stand in the file."""
    for token in tokens:
        if token.type == "inline":
            yield from _pieces(token.children or ())
        elif token.type in {"text", "softbreak"}:
            yield token.content if token.type == "text" else " "
        else:
            # Pictures count by what is in their files; the renderer writes their description here when it is used.
            attributes = {name: value for name, value in token.attrs.items() if name not in {"src", "alt"}}
            meta = {name: value for name, value in token.meta.items() if name not in _NOT_PRINTED}
            about = [token.type, token.tag, token.content, attributes, meta]
            yield f"\x1e{json.dumps(about, sort_keys=True)}\x1f"
