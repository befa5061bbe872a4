"""A finished page looked over: what has to be on it can be read, and it is accessible to all (WCAG 2.2)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from handouts.html.markup import tag_of
from handouts.model.document import Required
from handouts.problems.problem import Problem, error, warning


def inspect(root: Element, seen: str, required: Iterable[Required], language: str) -> Iterator[Problem]:
    """Report required texts that cannot be read, and what shuts people out; `seen` is the text that can be read."""
    everything = _squeezed(seen)
    missing = dict.fromkeys(piece.what for piece in required if _squeezed(piece.text) not in everything)
    hint = "safety information, disclaimer, status and contact are always shown: mend the template or style sheet"
    yield from (error("left-out", f"{what} is not on the page, or hidden", None, hint) for what in missing)
    hint = "mend the template (WCAG 2.2)"
    yield from (error("not-accessible", reason, None, hint) for reason in _shut_out(root, language))


def unknown_letters(seen: str, known: frozenset[str]) -> Iterator[Problem]:
    """Warn of letters that no font of the page has: each reader's device shows them in a font of its own."""
    for letter in sorted({letter for letter in seen if not letter.isspace()} - known):
        message = f'no font of the page has the letter "{letter}" (U+{ord(letter):04X}); it may look odd, or be missing'
        yield warning("missing-glyph", message, None, "write it another way, or add a font that has it")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _shut_out(root: Element, language: str) -> Iterator[str]:
    elements = [(tag_of(element), element) for element in root.iter()]
    if root.get("lang", "").lower() != language.lower():
        yield f'<html> has to say lang="{language}"'
    if not any(tag == "title" and (element.text or "").strip() for tag, element in elements):
        yield "the page has no <title>"
    if sum(tag == "h1" for tag, _ in elements) != 1:
        yield "the page has to have one <h1>"
    if sum(tag == "main" for tag, _ in elements) != 1:
        yield "the page has to have one <main>"
    ids = Counter(element.attrib["id"] for _, element in elements if "id" in element.attrib)
    yield from (f'{count} elements have the id "{name}"' for name, count in sorted(ids.items()) if count > 1)
    for tag, element in elements:
        if tag == "img" and "alt" not in element.attrib:
            yield "a picture has no alt"
        if tag == "a" and element.get("href", "").startswith("#"):
            name = element.attrib["href"][1:]
            if name not in ids and unquote(name) not in ids:
                yield f'a link leads to "#{name}", which is nowhere on the page'
