"""Checks a finished page: all required texts are readable, and the page is accessible (WCAG 2.2)."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from handouts.html.markup import get_tag
from handouts.html.rules import LETTER_WITHOUT_FONT
from handouts.language.punctuation import straighten_quotes
from handouts.model.document import Required
from handouts.model.output_rules import NOT_ACCESSIBLE
from handouts.model.required_texts import report_missing
from handouts.problems.collector import Problems


def check_required_texts(visible_text: str, required: Iterable[Required], problems: Problems) -> None:
    """Report each required text that readers cannot see on the page."""
    present = normalize(visible_text)
    report_missing(required, lambda text: normalize(text) in present, "web page", problems)


def check_accessibility(root: Element, language: str, problems: Problems) -> None:
    """Report what keeps people from using the page."""
    problems.extend(NOT_ACCESSIBLE.at(None, defect=defect) for defect in _find_defects(root, language))


def check_picture_texts(root: Element, problems: Problems) -> None:
    """Report pictures without a text for people who cannot see them."""
    problems.extend(NOT_ACCESSIBLE.at(None, defect=defect) for defect in _find_silent_pictures(root))


def check_letters(visible_text: str, font_letters: frozenset[str], problems: Problems) -> None:
    """Report each visible letter that no font of the page has."""
    for letter in sorted({letter for letter in visible_text if not letter.isspace()} - font_letters):
        problems.add(LETTER_WITHOUT_FONT.at(None, letter=letter, number=ord(letter)))


def normalize(text: str) -> str:
    """Return a text without white space and with straight quotation marks, to compare texts."""
    return "".join(straighten_quotes(text).split())


def has_target(name: str, ids: Container[str]) -> bool:
    """Return whether a link to "#name" leads to one of some ids: browsers look for it as written, then decoded."""
    return name in ids or unquote(name) in ids


def list_ids_and_links(root: Element) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the ids of elements, and the ids that links lead to."""
    elements = list(root.iter())
    addresses = (element.get("href", "") for element in elements if get_tag(element) == "a")
    links = frozenset(address[1:] for address in addresses if address.startswith("#"))
    return tuple(element.attrib["id"] for element in elements if "id" in element.attrib), links


def _find_defects(root: Element, language: str) -> Iterator[str]:
    elements = [(get_tag(element), element) for element in root.iter()]
    if root.get("lang", "").lower() != language.lower():
        yield f'<html> needs lang="{language}"'
    if not any(tag == "title" and (element.text or "").strip() for tag, element in elements):
        yield "the page needs a <title>"
    if sum(tag == "h1" for tag, _ in elements) != 1:
        yield "the page needs exactly one <h1>"
    if sum(tag == "main" for tag, _ in elements) != 1:
        yield "the page needs exactly one <main>"
    ids = Counter(element.attrib["id"] for _, element in elements if "id" in element.attrib)
    yield from (f'{count} elements have the id "{name}"' for name, count in sorted(ids.items()) if count > 1)
    yield from _find_silent_pictures(root)
    for tag, element in elements:
        if tag == "a" and element.get("href", "").startswith("#"):
            name = element.attrib["href"][1:]
            if not has_target(name, ids):
                yield f'a link leads to "#{name}", which is not on the page'


def _find_silent_pictures(root: Element) -> Iterator[str]:
    for element in root.iter():
        if get_tag(element) == "img" and "alt" not in element.attrib:
            yield "a picture has no alt attribute"
