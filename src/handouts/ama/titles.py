"""The capitals of English titles."""

import re

# Articles, prepositions of up to three letters, and conjunctions, of AMA 3.9.1; particles of names, as in "van Gogh".
_SMALL = re.compile("an?|and|as|at|but|by|de|for|in|nor|off?|on|or|out|per|so|the|to|up|van|via|von|vs|yet")
# Marked words are names of species, whose capitals are their own.
_WORD = re.compile(r"\*[^*]+\*|[^\s/\u2013\u2014]+")
_LETTERS = re.compile(r"[^\W\d_]+")


def in_title_case(title: str) -> str:
    """Capitalize the major words of an English title (AMA Manual of Style 11th ed., 3.9.1).

    Nothing is made small, and after a hyphen only what follows a number changes: "Long-term", "Anti-inflammatory" and
    "Cost-Benefit" (2.1.6) differ in sense alone, so the author's spelling stands.
    """
    words = list(_WORD.finditer(title))
    if not words:
        return title
    pieces, end = [], 0
    for word in words:
        starts = word is words[0] or title[: word.start()].rstrip().endswith((":", ".", "?", "!"))
        pieces += [title[end : word.start()], _capitalized(word[0], always=starts or word is words[-1])]
        end = word.end()
    return "".join([*pieces, title[end:]])


def _capitalized(word: str, *, always: bool) -> str:
    numeral = re.match(r"\d+-", word)
    if numeral:
        return numeral[0] + _capitalized(word[numeral.end() :], always=False)
    found = re.match(r"\W*([^\W_]+)", word)
    if word.startswith("*") or not found or not _LETTERS.fullmatch(found[1]) or not found[1].islower():
        return word
    if _SMALL.fullmatch(found[1]) and not always:
        return word
    start = found.start(1)
    return word[:start] + word[start].upper() + word[start + 1 :]
