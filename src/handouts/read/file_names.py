"""Names of source files: language tags, copies of a file, and files that programs leave behind."""

import re
from collections.abc import Iterable

# BCP 47: language, script, region, some registered variants, private use. Others would be taken for names of computers.
_LANGUAGE_TAG = re.compile(
    r"[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    r"(-(valencia|1901|1996|tarask|ekavsk|ijekavsk|oxendict|scotland))*(-x(-[a-z0-9]{1,8})+)?"
)
_LEFT_BEHIND = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})
_BACKUPS = (".bak", ".orig", ".old", ".rej", ".tmp", ".swp", ".swo", ".part", ".crdownload")


def names_language(text: str) -> bool:
    """Tell whether the name of a file, without its ending, is that of a language: en, pt-BR or zh-Hant."""
    return bool(_LANGUAGE_TAG.fullmatch(text))


def original_of(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a name is a copy of, as sync programs and editors make them; the longest that fits.

    Copies are such as `en (1)`, `en - Copy`, `en-DESKTOP-4F2K9QJ`, `en.sync-conflict-20260102` and `Copy of en`; names
    that differ in case alone count too.
    """
    folded = name.casefold()
    fitting = [
        one
        for one in known
        if one != name
        and (
            folded == one.casefold()
            or (folded.startswith(one.casefold()) and not folded[len(one)].isalnum())
            or folded.endswith(f" {one.casefold()}")
        )
    ]
    return max(fitting, key=len, default=None)


def is_left_behind(name: str) -> bool:
    """Tell whether a file is hidden, a backup of an editor, or one that a system keeps for itself."""
    return (
        name.startswith((".", "~$", "#"))
        or name.endswith(("~", *_BACKUPS))
        or name.casefold() in _LEFT_BEHIND
        or name.partition(".")[0].casefold() in {"readme", "license", "changelog"}
    )
