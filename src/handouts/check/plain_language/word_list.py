"""The list of words with plainer ones: that of the tool, and before it that of the project."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handouts.check.plain_language.phrases import Phrases
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.read.yaml.load import load_yaml_file
from handouts.schema.plain_words import WordFile

_SHIPPED: Final = Path(__file__).parent.resolve()


@dataclass(frozen=True)
class WordList:
    """Everyday and medical words, each with plainer ones; `plainer` has both."""

    plainer: Mapping[str, str]
    everyday: Phrases
    medical: Phrases


def word_list(files: Iterable[WordFile]) -> WordList:
    """Make a list of files, the first of which wins where they name the same word."""
    everyday: dict[str, str] = {}
    medical: dict[str, str] = {}
    allowed: set[str] = set()
    for file in files:
        for group in file.groups:
            words = medical if group.medical else everyday
            for word, plainer in group.words.items():
                key = word.lower()
                if key not in allowed and key not in everyday and key not in medical:
                    words[key] = plainer
        allowed |= {word.lower() for word in file.allowed}
    return WordList({**everyday, **medical}, Phrases(everyday), Phrases(medical))


def read_word_list(project: Project, language: str, problems: list[Problem]) -> WordList:
    """Read content/words.<language>.yaml, if there is one, and the tool's own list; add every problem found."""
    main = language.lower().partition("-")[0]
    files = []
    own = project.content / f"words.{main}.yaml"
    if own.exists() or own.is_symlink():
        files.append(_read(project, own, problems))
    ours = _SHIPPED / f"words.{main}.yaml"
    if ours.is_file():
        files.append(_read(Project(_SHIPPED), ours, problems))
    return word_list(file for file in files if file)


def _read(project: Project, path: Path, problems: list[Problem]) -> WordFile | None:
    found = Problems()
    loaded = load_yaml_file(WordFile, project, path, found, may_be_empty=True)
    problems.extend(found)
    return loaded.value if loaded else None
