"""Matches the declarations of style sheets with the elements of a page."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final, TypeAlias
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2

Declaration: TypeAlias = tuple[str, str]  # a property and its value, in lowercase

_SHEET_CAPACITY: Final = 100
_BY_CONTENT: Final = re.compile(r":has\(|\[[^\]]*(?:src|alt|\\)", re.IGNORECASE)


class Matching:
    """The declarations of some properties by element: those that win on screens, and all of them in any medium.

    Nested rules are ignored, and so are selectors that are not understood.
    """

    def __init__(
        self, matcher: cssselect2.Matcher, root: cssselect2.ElementWrapper, properties: frozenset[str]
    ) -> None:
        """Match selectors with an element and all in it."""
        self._properties = properties
        self._matcher = matcher
        self._on_screen: dict[Element, dict[str, str]] = {}
        self._anywhere: dict[Element, tuple[Declaration, ...]] = {}
        self._wrappers: dict[Element, Any] = {}
        for wrapper in root.iter_subtree():
            self._wrappers[wrapper.etree_element] = wrapper
            self._match(wrapper)

    def match_in_place(self, element: Element, other: Element) -> "Matching":
        """Return the declarations of an element, and of all in it, as if it stood in place of another one."""
        place = self._wrappers[other]
        wrapper = cssselect2.ElementWrapper(
            element, place.parent, place.index, place.previous, place.in_html_document, place.transport_content_language
        )
        return Matching(self._matcher, wrapper, self._properties)

    def get_screen_style(self, element: Element) -> Mapping[str, str]:
        """Return the values that win the cascade on a screen, by property."""
        return self._on_screen.get(element, {})

    def get_all_declarations(self, element: Element) -> tuple[Declaration, ...]:
        """Return all declarations for an element and its pseudo-elements, in any medium."""
        return self._anywhere.get(element, ())

    def _match(self, wrapper: Any) -> None:  # noqa: ANN401 - cssselect2 has no types
        element = wrapper.etree_element
        winning: dict[str, tuple[tuple[bool, tuple[int, int, int], int], str]] = {}
        anywhere: list[Declaration] = []
        matches = [(match[0], match[1], match[2], match[3]) for match in self._matcher.match(wrapper)]
        own_style = element.get("style")
        if own_style:
            declarations = _parse_declarations(tinycss2.parse_component_value_list(own_style), self._properties)
            matches.append(((9, 9, 9), 0, None, (True, declarations)))  # a style attribute outranks all selectors
        for specificity, order, pseudo, (on_screen, declarations) in matches:
            for name, value, important in declarations:
                anywhere.append((name, value))
                rank = (important, specificity, order)
                if on_screen and pseudo is None and (name not in winning or winning[name][0] <= rank):
                    winning[name] = (rank, value)
        if winning:
            self._on_screen[element] = {name: value for name, (_, value) in winning.items()}
        if anywhere:
            self._anywhere[element] = tuple(anywhere)


def match_sheets(root: Element, sheets: Iterable[str], properties: frozenset[str]) -> Matching:
    """Match style sheets, in the order of the cascade, with the elements of a page."""
    matcher = cssselect2.Matcher()
    for sheet in sheets:
        for selector, on_screen, declarations in _compile_rules(sheet, properties):
            matcher.add_selector(selector, (on_screen, declarations))
    return Matching(matcher, cssselect2.ElementWrapper.from_html_root(root), properties)


def has_rules(sheet: str, properties: frozenset[str]) -> bool:
    """Return whether a style sheet declares any of some properties."""
    return bool(_compile_rules(sheet, properties))


@lru_cache(_SHEET_CAPACITY)
def selects_by_content(sheet: str, properties: frozenset[str]) -> bool:
    """Return whether a rule for some properties may select elements by what is in them, or pictures by which they are.

    Imported rules may.
    """
    return "@import" in sheet.lower() or any(
        _BY_CONTENT.search(tinycss2.serialize(rule.prelude)) and _parse_declarations(rule.content, properties)
        for rule, _ in _iterate_rules(sheet)
    )


@lru_cache(_SHEET_CAPACITY)
def _compile_rules(
    sheet: str, properties: frozenset[str]
) -> tuple[tuple[Any, bool, tuple[tuple[str, str, bool], ...]], ...]:
    """Return the selectors of a style sheet, whether they count on screens, and their declarations."""
    compiled: list[tuple[Any, bool, tuple[tuple[str, str, bool], ...]]] = []
    for rule, on_screen in _iterate_rules(sheet):
        declarations = _parse_declarations(rule.content, properties)
        if declarations:
            with suppress(cssselect2.SelectorError):
                selectors = cssselect2.compile_selector_list(rule.prelude)
                compiled.extend((selector, on_screen, declarations) for selector in selectors)
    return tuple(compiled)


def _iterate_rules(sheet: str | list[Any], *, on_screen: bool = True) -> Iterator[tuple[Any, bool]]:
    parsed = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    for rule in parsed:
        if rule.type == "qualified-rule":
            yield rule, on_screen
        elif rule.type == "at-rule" and rule.lower_at_keyword in {"media", "supports", "layer"} and rule.content:
            media = tinycss2.serialize(rule.prelude).lower()
            printed = rule.lower_at_keyword == "media" and "print" in media and "screen" not in media
            yield from _iterate_rules(rule.content, on_screen=on_screen and not printed)


def _parse_declarations(content: list[Any], properties: frozenset[str]) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (item.lower_name, tinycss2.serialize(item.value).strip().lower(), bool(item.important))
        for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        if item.type == "declaration" and item.lower_name in properties
    )
