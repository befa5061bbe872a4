"""Texts of records as references.yaml has them: characters decoded, tags that titles may have kept."""

import html
import re
import unicodedata
from typing import Final
from urllib.parse import quote

_DOI: Final = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}(?:\.\d+)*/[^\s\[]+)", re.IGNORECASE)
_WEB: Final = re.compile(r"https?://\S+", re.IGNORECASE)
# Other programs' names of the tags that titles may have.
_TAG: Final = re.compile(
    r"<(/?)(?:jats:)?(i|em|italic|b|strong|bold|sub|inf|sup|sc|u|underline|p|title)\s*>", re.IGNORECASE
)
_TAG_NAMES: Final = {"italic": "i", "em": "i", "bold": "b", "strong": "b", "inf": "sub"}
_NO_TAGS: Final = frozenset({"u", "underline", "p", "title"})
_HUGE_CODE: Final = re.compile(r"&#\w{8,};?")  # no character has such a number
_RETRACTED_TITLE: Final = re.compile(
    r"\s*[\[(]?\s*(?:retracted|withdrawn)\b(?:\s+article|\s+publication|\s+paper)?\s*(?:[\])]|:|\.|-)",
    re.IGNORECASE,
)
_RETRACTED_WORDS: Final = re.compile(r"retracted (?:publication|article)", re.IGNORECASE)


def clean_text(text: str) -> str:
    """Return a text on one line, with HTML character codes decoded and only the tags that titles may have."""
    decoded = html.unescape(_HUGE_CODE.sub("\ufffd", text))
    tagged = _TAG.sub(_rename_tag, decoded)
    return unicodedata.normalize("NFC", " ".join(tagged.split()))


def clean_title(text: str) -> str:
    """Return a title without the full stop at its end."""
    title = clean_text(text)
    return title[:-1].rstrip() if title.endswith(".") and not title.endswith("..") else title


def find_doi(*texts: str) -> str:
    """Return the first DOI, also of an address; "" if there is none."""
    for text in texts:
        if found := _DOI.fullmatch(text.strip().rstrip(".,;")):
            return found[1]
    return ""


def find_address(*texts: str) -> str:
    """Return the first web address that is not that of a DOI; "" if there is none."""
    for text in texts:
        found = _WEB.search(text)
        if found and not find_doi(found[0]):
            return quote(found[0], safe="%:/?#[]@!$&'()*+,;=~-._")
    return ""


def find_retraction(title: str, *marks: str) -> str:
    """Return the words that mark a source as retracted, in its title or elsewhere; "" if there are none."""
    if sign := _RETRACTED_TITLE.match(title):
        return f'its title starts with "{sign[0].strip()}"'
    return next((found[0] for mark in marks if (found := _RETRACTED_WORDS.search(mark))), "")


def _rename_tag(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    return "" if name in _NO_TAGS else f"<{tag[1]}{_TAG_NAMES.get(name, name)}>"
