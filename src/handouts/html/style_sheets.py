"""Style sheets that need nothing else: what they import, show and set text with stands in them."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

import tinycss2
from tinycss2 import ast

from handouts.html.data_address import data_address
from handouts.html.fonts import NotAFontError, letters_of, subset
from handouts.html.loading import Loader
from handouts.model.document import Sheet
from handouts.problems.problem import Place, Problem, error, warning

_DEEPEST = 8  # style sheets that import one another


class SheetWriter:
    """Writes style sheets of one page; fonts in them keep only the letters of the page.

    `known` are the letters that these fonts have.
    """

    def __init__(self, loader: Loader, letters: frozenset[str], problems: list[Problem]) -> None:
        """Take what loads, the letters of the page, and the list to add problems to."""
        self._loader = loader
        self._letters = letters
        self.known: frozenset[str] = frozenset()
        self._problems = problems

    def sheet(self, sheet: Sheet) -> str:
        """Write a style sheet."""
        return self.text(sheet.text, f"{sheet.folder.as_uri()}/", sheet.name)

    def text(self, text: str, base: str, name: str, depth: int = 0) -> str:
        """Write the text of a style sheet; addresses in it are relative to the base."""
        written = []
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            place = Place(name, rule.source_line, rule.source_column)
            if isinstance(rule, ast.ParseError):
                self._problems.append(warning("rendering", f"a rule that browsers leave out: {rule.message}", place))
            elif isinstance(rule, ast.AtRule) and rule.lower_at_keyword == "import":
                written.append(self._imported(rule, base, place, depth))
            elif not isinstance(rule, ast.AtRule) or rule.lower_at_keyword != "charset":
                self._rewrite(rule.prelude, base, name)
                self._rewrite(rule.content or [], base, name)
                written.append(str(rule.serialize()))
        return "\n".join(written)

    def declarations(self, text: str, base: str, name: str) -> str:
        """Write what stands in a style attribute."""
        tokens = tinycss2.parse_component_value_list(text, skip_comments=True)
        self._rewrite(tokens, base, name)
        return str(tinycss2.serialize(tokens))

    def _imported(self, rule: Any, base: str, place: Place, depth: int) -> str:  # noqa: ANN401 - tinycss2 has no types
        tokens = [token for token in rule.prelude if token.type != "whitespace"]
        first = tokens[0] if tokens else None
        address = first.value if first is not None and first.type == "string" else _address(first)
        if address is None or depth >= _DEEPEST:
            reason = "style sheets import one another too deeply" if depth >= _DEEPEST else "@import names no address"
            self._problems.append(error("not-loaded", reason, place))
            return ""
        loaded = self._loader.load(address, base, place)
        if loaded is None:
            return ""
        text = loaded.content.decode("utf-8", "replace")
        inner = self.text(text, loaded.address, urljoin("/", address).lstrip("/"), depth + 1)
        media = tinycss2.serialize(rule.prelude[rule.prelude.index(first) + 1 :]).strip()
        return f"@media {media} {{\n{inner}\n}}" if media else inner

    def _rewrite(self, tokens: list[Any], base: str, name: str) -> None:
        """Put data: addresses in the place of all others."""
        was_font = False
        for index, token in enumerate(tokens):
            address = _address(token)
            if address is not None and (address.startswith("#") or not address.strip()):
                continue  # it leads to the page itself
            if address is not None:
                data = self._data(address, base, Place(name, token.source_line, token.source_column))
                was_font = data.startswith("data:font/")
                tokens[index] = _url(token, data)
            elif token.type == "function" and token.lower_name == "format" and was_font:
                token.arguments[:] = tinycss2.parse_component_value_list('"woff2"')
            elif token.type == "function" and token.lower_name in {"image-set", "-webkit-image-set", "image"}:
                token.arguments[:] = [
                    _url(part, part.value) if part.type == "string" else part for part in token.arguments
                ]
                self._rewrite(token.arguments, base, name)
            elif token.type != "whitespace":
                self._rewrite(_inside(token), base, name)

    def _data(self, address: str, base: str, place: Place) -> str:
        loaded = self._loader.load(address, base, place)
        if loaded is None:
            return ""
        if loaded.is_picture:
            return self._loader.shown(loaded)
        try:
            if loaded.kind.startswith("font/"):
                font = subset(loaded.content, self._letters)
                self.known |= letters_of(loaded.content)
                return data_address("font/woff2", font)
        except NotAFontError as broken:
            self._loader.refuse(address, str(broken), place)
            return ""
        self._loader.refuse(address, "it is neither a picture nor a font that browsers use", place)
        return ""


def strings_shown(text: str) -> frozenset[str]:
    """Give the letters of all texts that a style sheet could print, as of `content`."""
    found: set[str] = set()

    def collect(tokens: Iterable[Any]) -> None:
        for token in tokens:
            if token.type == "string":
                found.update(token.value)
            collect(_inside(token))

    collect(tinycss2.parse_component_value_list(text, skip_comments=True))
    return frozenset(found)


def _inside(token: Any) -> list[Any]:  # noqa: ANN401 - tinycss2 has no types
    inner: list[Any] = token.arguments if token.type == "function" else getattr(token, "content", None) or []
    return inner


def _address(token: Any) -> str | None:  # noqa: ANN401 - tinycss2 has no types
    """Give the address that a token is, or None."""
    if token is None:
        return None
    if token.type == "url":
        return str(token.value)
    if token.type == "function" and token.lower_name in {"url", "src"}:
        return next((str(part.value) for part in token.arguments if part.type == "string"), "")
    return None


def _url(token: Any, address: str) -> Any:  # noqa: ANN401 - tinycss2 has no types
    return ast.URLToken(token.source_line, token.source_column, address, f'url("{address}")')
