"""The word list: long and medical words with plainer ones, from the project and from this package."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from handouts.check.plain_language.words import split_into_words
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.read.yaml.load import load_yaml_file
from handouts.schema.plain_words import WordFile

_SHIPPED: Final = Path(__file__).parent.resolve()
_MAX_LANGUAGES: Final = 32  # whose lists are kept; two have any


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found at the words from `start` to before `end`; `phrase` is how it is listed."""

    start: int
    end: int
    phrase: str


class Phrases:
    """Words and phrases to look up in a text, with their plurals and the regular forms of verbs."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Index the phrases; capitals do not matter."""
        self._listed: dict[tuple[str, ...], str] = {}
        lengths: dict[str, set[int]] = {}
        for phrase in phrases:
            keys = tuple(word.key for word in split_into_words(phrase) if word.key)
            if keys:
                for last in _inflect(keys[-1]):
                    form = (*keys[:-1], last)
                    self._listed.setdefault(form, phrase)
                    lengths.setdefault(form[0], set()).add(len(form))
        # The lengths of the phrases that start with a word, longest first.
        self._lengths = {first: sorted(of_first, reverse=True) for first, of_first in lengths.items()}

    def find(self, keys: Sequence[str]) -> Iterator[Match]:
        """Yield the phrases in a text, in order; of those that start at the same word, the longest.

        `keys` are those of the words of the text.
        """
        lengths = self._lengths
        if lengths.keys().isdisjoint(keys):
            return
        free = 0  # the first word that belongs to no match
        for start, key in enumerate(keys):
            if key in lengths and start >= free:
                for length in lengths[key]:
                    phrase = self._listed.get(tuple(keys[start : start + length]))
                    if phrase and start + length <= len(keys):
                        free = start + length
                        yield Match(start, free, phrase)
                        break


def _inflect(word: str) -> set[str]:
    forms = {word, f"{word}s", f"{word}es"}
    if word.endswith("e"):
        forms |= {f"{word}d", f"{word[:-1]}ing"}
    elif word.endswith("y"):
        forms |= {f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"}
    else:
        forms |= {f"{word}ed", f"{word}ing"}
    return forms


@dataclass(frozen=True, slots=True)
class WordList:
    """Everyday and medical words; `plainer` has the plainer words for both."""

    plainer: Mapping[str, str]
    everyday: Phrases
    medical: Phrases


def read_word_list(project: Project, language: str, problems: Problems) -> WordList:
    """Read `content/words.<language>.yaml` of a project, if it exists, and the lists that come with this package."""
    main = language.lower().partition("-")[0]
    own_file = project.content / f"words.{main}.yaml"
    if own_file.exists() or own_file.is_symlink():
        own = _read_file(project, own_file, problems)
        if own:
            return _merge_files((own, *_read_shipped_files(main)))
    return _read_shipped_list(main)


@lru_cache(_MAX_LANGUAGES)
def _read_shipped_list(language: str) -> WordList:
    return _merge_files(_read_shipped_files(language))


@lru_cache(_MAX_LANGUAGES)
def _read_shipped_files(language: str) -> tuple[WordFile, ...]:
    paths = (_SHIPPED / f"{kind}.{language}.yaml" for kind in ("words", "medical"))
    files = (_read_file(Project(_SHIPPED), path, Problems()) for path in paths if path.is_file())
    return tuple(file for file in files if file)


def _read_file(project: Project, path: Path, problems: Problems) -> WordFile | None:
    loaded = load_yaml_file(WordFile, project, path, problems, may_be_empty=True)
    return loaded.value if loaded else None


def _merge_files(files: Iterable[WordFile]) -> WordList:
    """Merge word files; the first one that names a word wins."""
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
