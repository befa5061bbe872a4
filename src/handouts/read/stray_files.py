"""Stray files: sources that nothing reads because their name or their folder is not the one that it has to be."""

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handouts.model.project import SETTINGS_FILE, Project, shipped
from handouts.problems.problem import Place, Problem, error
from handouts.read.file_names import is_left_behind, names_language, original_of

_MARKDOWN: Final = frozenset(
    {"md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "mdtxt", "mdtext", "mdx", "rmd", "qmd", "md.txt", "txt", "text"}
)
_YAML: Final = frozenset({"yaml", "yml", "yaml.txt", "yml.txt"})
_EXPORTS: Final = frozenset({"json", "bib", "ris"})  # of reference managers
_PLAIN: Final = frozenset({"txt", "text"})  # endings of texts of any kind
_PRACTICE: Final = "practice"


@dataclass(frozen=True, slots=True)
class Stray:
    """A stray file, and the source that it was meant as; without any, it concerns the project as a whole."""

    problem: Problem
    handout: tuple[str, str] | None = None
    practice: str | None = None
    references: bool = False

    @property
    def is_of_project(self) -> bool:
        """Tell whether it concerns the project as a whole."""
        return not (self.handout or self.practice or self.references)


def stray_files(project: Project, language: str, own_formats: Collection[str] = ()) -> Iterator[Stray]:
    """Find the stray files of a project; `language` is that of handouts whose file does not name one."""
    find = _Finder(project, language)
    yield from find.in_root()
    yield from find.in_content()
    yield from find.in_handouts()
    yield from find.in_practices()
    yield from find.in_shown("templates", "html.j2", own_formats)
    yield from find.in_shown("styles", "css", own_formats)


@dataclass(frozen=True, slots=True)
class _Finder:
    project: Project
    language: str

    def in_root(self) -> Iterator[Stray]:
        files, folders = _listed(self.project.root)
        for name in files:
            first, _, ending = name.partition(".")
            if name != SETTINGS_FILE and first.casefold() == "handouts" and ending.casefold() in _YAML:
                yield Stray(self._misnamed(self.project.root / name, SETTINGS_FILE, there=SETTINGS_FILE in files))
        for name in folders:
            for right in ("content", "templates", "styles"):
                if name != right and name.casefold() in {right, right.removesuffix("s")}:
                    yield from self._folder(self.project.root / name, right, there=right in folders)

    def in_content(self) -> Iterator[Stray]:
        files, folders = _listed(self.project.content)
        for name in files:
            yield from self._beside_references(self.project.content / name, there="references.yaml" in files)
        for name in folders:
            for right in ("handouts", "practices"):
                if name != right and name.casefold() in {right, right.removesuffix("s")}:
                    yield from self._folder(self.project.content / name, right, there=right in folders)

    def _beside_references(self, path: Path, *, there: bool) -> Iterator[Stray]:
        name, stem = path.name, path.stem
        first, _, ending = name.partition(".")
        if name == "references.yaml":
            return
        if first.casefold() in {"references", "reference"} and ending.casefold() in _YAML | _EXPORTS:
            # An export may be kept beside the list that was made of it.
            if not there or ending.casefold() in _YAML:
                yield Stray(self._misnamed(path, "references.yaml", there=there), references=True)
        elif name.endswith(".yaml") and original_of(stem, ("references",)):
            yield Stray(self._copy(path, "references.yaml", there=there), references=True)
        elif first.casefold() == "words" and re.fullmatch(r"[a-z]+\.(yml|yaml)", ending, re.IGNORECASE):
            right = f"words.{ending.partition('.')[0].lower()}.yaml"
            if name != right:
                yield Stray(self._misnamed(path, right, there=False))
        elif first.casefold() == _PRACTICE and ending.casefold() in _YAML:
            yield Stray(self._misplaced(path, "content/practices/ID/practice.yaml"), practice=_PRACTICE)
        elif ending.casefold() in _MARKDOWN - _PLAIN:
            yield Stray(self._misplaced(path, self._place_of(stem)), (stem, self.language))

    def in_handouts(self) -> Iterator[Stray]:
        folder = self.project.content / "handouts"
        files, folders = _listed(folder)
        for name in files:
            first, _, ending = name.partition(".")
            if ending.casefold() in _MARKDOWN - _PLAIN:
                yield Stray(self._misplaced(folder / name, self._place_of(first)), (first, self.language))
        for name in folders:
            yield from self._in_handout(folder / name)

    def _in_handout(self, folder: Path) -> Iterator[Stray]:
        files, folders = _listed(folder)
        sources = {name.removesuffix(".md") for name in files if name.endswith(".md")}
        copies = copies_of_texts(files)
        for name in files:
            first, _, ending = name.partition(".")
            if name in copies:
                original = copies[name]
                yield Stray(
                    self._copy(folder / name, f"{original}.md", there=original in sources), (folder.name, original)
                )
            elif not name.endswith(".md") and ending.casefold() in _MARKDOWN:
                language = first.lower() if names_language(first.lower()) else first
                if ending.casefold() in _PLAIN and language not in sources and not names_language(language):
                    continue
                there = language in sources
                yield Stray(self._misnamed(folder / name, f"{language}.md", there=there), (folder.name, language))
        nested = [stray for name in folders for stray in self._nested_texts(folder / name)]
        yield from nested
        if not nested and files and not any(_is_markdown(name) for name in files):
            place = self.project.place(folder)
            hint = f"write {self.language}.md there, or remove the folder"
            problem = error("no-source", f'the folder "{folder.name}" has no text', place, hint)
            yield Stray(problem, (folder.name, self.language))

    def _nested_texts(self, folder: Path) -> Iterator[Stray]:
        """Find texts in the folders of a handout: handouts do not stand in one another."""
        files, folders = _listed(folder)
        for name in files:
            first, _, ending = name.partition(".")
            if ending.casefold() in _MARKDOWN - _PLAIN and names_language(first.lower()):
                target = f"content/handouts/{folder.name}/{first.lower()}.md"
                yield Stray(self._misplaced(folder / name, target), (folder.name, first.lower()))
        for name in folders:
            yield from self._nested_texts(folder / name)

    def in_practices(self) -> Iterator[Stray]:
        folder = self.project.content / "practices"
        files, folders = _listed(folder)
        for name in files:
            first, _, ending = name.partition(".")
            if ending.casefold() in _YAML:
                practice = "ID" if first.casefold() == _PRACTICE else first
                target = f"content/practices/{practice}/practice.yaml"
                yield Stray(self._misplaced(folder / name, target), practice=first)
        for name in folders:
            yield from self._in_practice(folder / name)

    def _in_practice(self, folder: Path, above: tuple[str, ...] = ()) -> Iterator[Stray]:
        files, folders = _listed(folder)
        there = "practice.yaml" in files
        found = False
        for name in files:
            first, _, ending = name.partition(".")
            stem, dot, last = name.rpartition(".")
            if name == "practice.yaml":
                if above:
                    target = f"content/practices/{folder.name}/practice.yaml"
                    yield Stray(self._misplaced(folder / name, target), practice=folder.name)
            elif first.casefold() == _PRACTICE and ending.casefold() in _YAML:
                found = True
                yield Stray(self._misnamed(folder / name, "practice.yaml", there=there), practice=folder.name)
            elif dot and last.casefold() in {"yaml", "yml"} and original_of(stem, (_PRACTICE,)):
                found = True
                yield Stray(self._copy(folder / name, "practice.yaml", there=there), practice=folder.name)
        nested = [stray for name in folders for stray in self._in_practice(folder / name, (*above, folder.name))]
        yield from nested
        if not above and not there and not found and not nested and (files or folders):
            place = self.project.place(folder)
            hint = "write a practice.yaml there, or remove the folder"
            problem = error("no-source", f'the folder "{folder.name}" has no practice.yaml', place, hint)
            yield Stray(problem, practice=folder.name)

    def in_shown(self, kind: str, ending: str, own_formats: Collection[str]) -> Iterator[Stray]:
        """Find templates or style sheets that do not take the place of those that they are named after."""
        folder = self.project.root / kind
        files, _ = _listed(folder)
        if not files:
            return
        known = {path.name.partition(".")[0] for path in (shipped() / kind).glob(f"*.{ending}")} | {*own_formats}
        for name in files:
            first, _, rest = name.partition(".")
            path = folder / name
            if first.casefold() == "labels" and kind == "templates":
                language, _, last = rest.partition(".")
                if last.casefold() in _YAML and (first, last) != ("labels", "yaml"):
                    right = f"labels.{language}.yaml"
                    yield Stray(self._misnamed(path, right, there=right in files))
            elif first.casefold() in known and rest.casefold() in _endings_like(ending):
                right = f"{first.casefold()}.{ending}"
                if name != right:
                    yield Stray(self._misnamed(path, right, there=right in files))

    def _place_of(self, name: str) -> str:
        is_language = names_language(name)
        return f"content/handouts/ID/{name}.md" if is_language else f"content/handouts/{name}/{self.language}.md"

    def _folder(self, path: Path, right: str, *, there: bool) -> Iterator[Stray]:
        if any(_listed(path)):
            yield Stray(self._misnamed(path, right, there=there))

    def _misnamed(self, path: Path, right: str, *, there: bool) -> Problem:
        hint = f"{right} exists too: merge the two into it, and delete this file" if there else f"rename it to {right}"
        return error("misnamed-file", f'"{path.name}" is ignored: its name has to be {right}', self._at(path), hint)

    def _misplaced(self, path: Path, target: str) -> Problem:
        return error(
            "misplaced-file", f'"{path.name}" is ignored in this folder', self._at(path), f"move it to {target}"
        )

    def _copy(self, path: Path, original: str, *, there: bool) -> Problem:
        message = f'"{path.name}" looks like a copy of {original}, made by a sync program or an editor'
        hint = f"compare the two, keep one as {original}, and remove the other" if there else f"rename it to {original}"
        return error("conflict-copy", message, self._at(path), hint)

    def _at(self, path: Path) -> Place:
        return self.project.place(path)


def copies_of_texts(names: Collection[str]) -> dict[str, str]:
    """Find the copies among the files of a handout, each with the language of the text that it is a copy of."""
    stems = {name: name.removesuffix(".md") for name in names if name.endswith(".md")}
    tags = sorted(stem for stem in stems.values() if names_language(stem))
    found: dict[str, str] = {}
    for name, stem in stems.items():
        original = original_of(stem, tags)
        # Of two tags that differ in case alone, the one that comes later is the copy.
        if original and (not names_language(stem) or (stem.casefold() == original.casefold() and original < stem)):
            found[name] = original
    return found


def _is_markdown(name: str) -> bool:
    return name.partition(".")[2].casefold() in _MARKDOWN or name.endswith(".md")


def _endings_like(ending: str) -> frozenset[str]:
    if ending == "css":
        return frozenset({"css", "css.txt"})
    return frozenset({"html.j2", "html", "j2", "htm", "jinja", "jinja2", "html.jinja", "html.jinja2", "html.j2.txt"})


def _listed(folder: Path) -> tuple[list[str], list[str]]:
    """List the files and the folders in a folder, without links and what programs leave behind."""
    files: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if is_left_behind(entry.name) or entry.is_symlink():
                    continue
                (folders if entry.is_dir() else files).append(entry.name)
    except OSError:  # there is none; what cannot be read is said by its readers
        return [], []
    return sorted(files), sorted(folders)
