"""Finds stray files: sources that nothing reads because of their name or their folder."""

import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handouts.model.project import SETTINGS_FILE, Project, shipped
from handouts.read.file_names import find_copies, find_original, is_left_behind, names_language
from handouts.read.stray_problems import (
    Stray,
    make_conflict_copy_problem,
    make_misnamed_problem,
    make_misplaced_problem,
    make_no_source_problem,
)

_MARKDOWN: Final = frozenset(
    {"md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "mdtxt", "mdtext", "mdx", "rmd", "qmd", "md.txt", "txt", "text"}
)
_YAML: Final = frozenset({"yaml", "yml", "yaml.txt", "yml.txt"})
_EXPORTS: Final = frozenset({"json", "bib", "ris"})  # of reference managers
_PLAIN: Final = frozenset({"txt", "text"})  # endings of texts of any kind
_PRACTICE: Final = "practice"


def find_stray_files(project: Project, language: str, own_formats: Collection[str] = ()) -> tuple[Stray, ...]:
    """Return the stray files of a project; `language` is that of handouts whose file does not name one."""
    finder = _Finder(project, language)
    return (
        *finder.find_in_root(),
        *finder.find_in_content(),
        *finder.find_in_handouts(),
        *finder.find_in_practices(),
        *finder.find_in_design("templates", "html.j2", own_formats),
        *finder.find_in_design("styles", "css", own_formats),
    )


@dataclass(frozen=True, slots=True)
class _Finder:
    project: Project
    language: str

    def find_in_root(self) -> Iterator[Stray]:
        files, folders = _list_folder(self.project.root)
        for name in files:
            first, _, ending = name.partition(".")
            if name != SETTINGS_FILE and first.casefold() == "handouts" and ending.casefold() in _YAML:
                yield Stray(
                    make_misnamed_problem(
                        self.project, self.project.root / name, SETTINGS_FILE, exists=SETTINGS_FILE in files
                    )
                )
        yield from self._find_misnamed_folders(self.project.root, folders, ("content", "templates", "styles"))

    def find_in_content(self) -> Iterator[Stray]:
        files, folders = _list_folder(self.project.content)
        for name in files:
            yield from self._check_beside_references(self.project.content / name, exists="references.yaml" in files)
        yield from self._find_misnamed_folders(self.project.content, folders, ("handouts", "practices"))

    def _find_misnamed_folders(self, parent: Path, names: Collection[str], expected: Iterable[str]) -> Iterator[Stray]:
        """Yield the folders that differ from an expected one in case, or lack its plural s; empty ones are ignored."""
        for name in names:
            for right in expected:
                is_similar = name != right and name.casefold() in {right, right.removesuffix("s")}
                if is_similar and any(_list_folder(parent / name)):
                    yield Stray(make_misnamed_problem(self.project, parent / name, right, exists=right in names))

    def _check_beside_references(self, path: Path, *, exists: bool) -> Iterator[Stray]:
        name, stem = path.name, path.stem
        first, _, ending = name.partition(".")
        if name == "references.yaml":
            return
        if first.casefold() in {"references", "reference"} and ending.casefold() in _YAML | _EXPORTS:
            # An export may be kept beside the list that was made of it.
            if not exists or ending.casefold() in _YAML:
                yield Stray(
                    make_misnamed_problem(self.project, path, "references.yaml", exists=exists), references=True
                )
        elif name.endswith(".yaml") and find_original(stem, ("references",)):
            yield Stray(
                make_conflict_copy_problem(self.project, path, "references.yaml", exists=exists), references=True
            )
        elif first.casefold() == "words" and re.fullmatch(r"[a-z]+\.(yml|yaml)", ending, re.IGNORECASE):
            right = f"words.{ending.partition('.')[0].lower()}.yaml"
            if name != right:
                yield Stray(make_misnamed_problem(self.project, path, right, exists=False))
        elif first.casefold() == _PRACTICE and ending.casefold() in _YAML:
            yield Stray(
                make_misplaced_problem(self.project, path, "content/practices/ID/practice.yaml"), practice=_PRACTICE
            )
        elif ending.casefold() in _MARKDOWN - _PLAIN:
            yield Stray(make_misplaced_problem(self.project, path, self._place_of(stem)), (stem, self.language))

    def find_in_handouts(self) -> Iterator[Stray]:
        folder = self.project.content / "handouts"
        files, folders = _list_folder(folder)
        for name in files:
            first, _, ending = name.partition(".")
            if ending.casefold() in _MARKDOWN - _PLAIN:
                yield Stray(
                    make_misplaced_problem(self.project, folder / name, self._place_of(first)), (first, self.language)
                )
        for name in folders:
            yield from self._find_in_handout(folder / name)

    def _find_in_handout(self, folder: Path) -> Iterator[Stray]:
        files, folders = _list_folder(folder)
        sources = {name.removesuffix(".md") for name in files if name.endswith(".md")}
        copies = find_copies(files)
        for name in files:
            first, _, ending = name.partition(".")
            if name in copies:
                original = copies[name]
                yield Stray(
                    make_conflict_copy_problem(
                        self.project, folder / name, f"{original}.md", exists=original in sources
                    ),
                    (folder.name, original),
                )
            elif not name.endswith(".md") and ending.casefold() in _MARKDOWN:
                language = first.lower() if names_language(first.lower()) else first
                if ending.casefold() in _PLAIN and language not in sources and not names_language(language):
                    continue
                exists = language in sources
                yield Stray(
                    make_misnamed_problem(self.project, folder / name, f"{language}.md", exists=exists),
                    (folder.name, language),
                )
        nested = [stray for name in folders for stray in self._find_nested_texts(folder / name)]
        yield from nested
        if not nested and files and not any(_is_markdown(name) for name in files):
            yield Stray(
                make_no_source_problem(self.project, folder, f"{self.language}.md"), (folder.name, self.language)
            )

    def _find_nested_texts(self, folder: Path) -> Iterator[Stray]:
        """Yield texts in the folders of a handout: handouts cannot be nested."""
        files, folders = _list_folder(folder)
        for name in files:
            first, _, ending = name.partition(".")
            if ending.casefold() in _MARKDOWN - _PLAIN and names_language(first.lower()):
                target = f"content/handouts/{folder.name}/{first.lower()}.md"
                yield Stray(make_misplaced_problem(self.project, folder / name, target), (folder.name, first.lower()))
        for name in folders:
            yield from self._find_nested_texts(folder / name)

    def find_in_practices(self) -> Iterator[Stray]:
        folder = self.project.content / "practices"
        files, folders = _list_folder(folder)
        for name in files:
            first, _, ending = name.partition(".")
            if ending.casefold() in _YAML:
                practice = "ID" if first.casefold() == _PRACTICE else first
                target = f"content/practices/{practice}/practice.yaml"
                yield Stray(make_misplaced_problem(self.project, folder / name, target), practice=first)
        for name in folders:
            yield from self._find_in_practice(folder / name)

    def _find_in_practice(self, folder: Path, above: tuple[str, ...] = ()) -> Iterator[Stray]:
        files, folders = _list_folder(folder)
        exists = "practice.yaml" in files
        has_similar_file = False
        for name in files:
            first, _, ending = name.partition(".")
            stem, dot, last = name.rpartition(".")
            if name == "practice.yaml":
                if above:
                    target = f"content/practices/{folder.name}/practice.yaml"
                    yield Stray(make_misplaced_problem(self.project, folder / name, target), practice=folder.name)
            elif first.casefold() == _PRACTICE and ending.casefold() in _YAML:
                has_similar_file = True
                yield Stray(
                    make_misnamed_problem(self.project, folder / name, "practice.yaml", exists=exists),
                    practice=folder.name,
                )
            elif dot and last.casefold() in {"yaml", "yml"} and find_original(stem, (_PRACTICE,)):
                has_similar_file = True
                yield Stray(
                    make_conflict_copy_problem(self.project, folder / name, "practice.yaml", exists=exists),
                    practice=folder.name,
                )
        nested = [stray for name in folders for stray in self._find_in_practice(folder / name, (*above, folder.name))]
        yield from nested
        if not above and not exists and not has_similar_file and not nested and (files or folders):
            yield Stray(make_no_source_problem(self.project, folder, "practice.yaml"), practice=folder.name)

    def find_in_design(self, kind: str, ending: str, own_formats: Collection[str]) -> Iterator[Stray]:
        """Yield templates or style sheets that do not override the shipped ones that their names resemble."""
        folder = self.project.root / kind
        files, _ = _list_folder(folder)
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
                    yield Stray(make_misnamed_problem(self.project, path, right, exists=right in files))
            elif first.casefold() in known and rest.casefold() in _list_similar_endings(ending):
                right = f"{first.casefold()}.{ending}"
                if name != right:
                    yield Stray(make_misnamed_problem(self.project, path, right, exists=right in files))

    def _place_of(self, name: str) -> str:
        is_language = names_language(name)
        return f"content/handouts/ID/{name}.md" if is_language else f"content/handouts/{name}/{self.language}.md"


def _is_markdown(name: str) -> bool:
    return name.partition(".")[2].casefold() in _MARKDOWN or name.endswith(".md")


def _list_similar_endings(ending: str) -> frozenset[str]:
    if ending == "css":
        return frozenset({"css", "css.txt"})
    return frozenset({"html.j2", "html", "j2", "htm", "jinja", "jinja2", "html.jinja", "html.jinja2", "html.j2.txt"})


def _list_folder(folder: Path) -> tuple[list[str], list[str]]:
    """Return the names of the files and of the folders in a folder, without links and what programs leave behind."""
    files: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if is_left_behind(entry.name) or entry.is_symlink():
                    continue
                (folders if entry.is_dir() else files).append(entry.name)
    except OSError:  # it does not exist; unreadable files are reported by their readers
        return [], []
    return sorted(files), sorted(folders)
