"""Names of source files: language tags, copies of a file, and files that programs leave behind."""

from collections.abc import Collection, Iterable
from typing import Final

from handouts.language.tags import parse_language_tag

# Registered variants that file names use. Others would match names of computers, as in en-DESKTOP.
_VARIANTS: Final = frozenset({"valencia", "1901", "1996", "tarask", "ekavsk", "ijekavsk", "oxendict", "scotland"})
_SYSTEM_FILES: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})
_BACKUP_ENDINGS: Final = (".bak", ".orig", ".old", ".rej", ".tmp", ".swp", ".swo", ".part", ".crdownload")
_REPOSITORY_FILES: Final = frozenset({"readme", "license", "changelog"})


def names_language(stem: str) -> bool:
    """Return whether a file name without its ending is a language tag, such as en, pt-BR or zh-Hant."""
    tag = parse_language_tag(stem)
    if tag is None:
        return False
    return tag.language.islower() and _VARIANTS.issuperset(tag.variants) and tag.private_use == tag.private_use.lower()


def find_original(name: str, known: Iterable[str]) -> str | None:
    """Return the longest known name that a name is a copy of, by the names that sync programs and editors give copies.

    Copies are such as `en (1)`, `en - Copy`, `en-DESKTOP-4F2K9QJ`, `en.sync-conflict-20260102` and `Copy of en`, and
    names that differ only in case.
    """
    folded = name.casefold()
    originals = [
        original
        for original in known
        if original != name
        and (
            folded == original.casefold()
            or (folded.startswith(original.casefold()) and not folded[len(original)].isalnum())
            or folded.endswith(f" {original.casefold()}")
        )
    ]
    return max(originals, key=len, default=None)


def find_copies(names: Collection[str]) -> dict[str, str]:
    """Return the copies among the file names of a handout, each with the language of the text that it is a copy of."""
    stems = {name: name.removesuffix(".md") for name in names if name.endswith(".md")}
    tags = sorted(stem for stem in stems.values() if names_language(stem))
    copies: dict[str, str] = {}
    for name, stem in stems.items():
        original = find_original(stem, tags)
        # Of two tags that differ only in case, the later one is the copy.
        if original and (not names_language(stem) or (stem.casefold() == original.casefold() and original < stem)):
            copies[name] = original
    return copies


def is_left_behind(name: str) -> bool:
    """Return whether a file is hidden, a backup of an editor, a file of the system, or about the repository."""
    return (
        name.startswith((".", "~$", "#"))
        or name.endswith(("~", *_BACKUP_ENDINGS))
        or name.casefold() in _SYSTEM_FILES
        or name.partition(".")[0].casefold() in _REPOSITORY_FILES
    )
