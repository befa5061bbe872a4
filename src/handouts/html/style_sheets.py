"""Makes style sheets self-contained: imports, pictures and fonts are embedded in them."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin, urlsplit
from urllib.request import url2pathname

import tinycss2
from tinycss2 import ast

from handouts.assets.decoding import Decoded
from handouts.html.fonts import Face, NotAFontError, read_letters, subset_font
from handouts.html.loading import Loader
from handouts.html.markup import make_data_address
from handouts.model.document import Asset, Composed, Sheet
from handouts.model.output_rules import RENDERING
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
from handouts.system.cache import Cache

_MAX_DEPTH: Final = 8  # of style sheets that import one another
_SHEET_CAPACITY: Final = 100
_IMAGES: Final = frozenset({"image-set", "-webkit-image-set", "image"})


@dataclass(frozen=True, slots=True)
class EmbeddedSheet:
    """A self-contained style sheet: its text, the letters of its fonts, and the pictures of the document in it.

    `files` are the files that it loads, and others of their names in style folders, with their states.
    """

    text: str
    font_letters: frozenset[str] = frozenset()
    pictures: Mapping[Asset, Decoded | bytes] = field(default_factory=dict)
    files: tuple[tuple[Path, tuple[int, ...]], ...] = ()


def embed_sheet(
    sheet: Sheet, composed: Composed, faces: tuple[Face, ...], letters: frozenset[str], problems: Problems
) -> EmbeddedSheet:
    """Return a self-contained style sheet; its fonts keep only some letters.

    Cached if it loads nothing but pictures in the style folders, as long as these files stay as they are.
    """
    key = sheet.text, sheet.name, sheet.folder, composed.root, composed.folders
    kept = _embedded_sheets().get(key)
    if kept and all(_sign_file(path) == signature for path, signature in kept.files):
        return kept
    own_problems = Problems()
    loader = Loader(composed, faces, own_problems)
    embedder = SheetEmbedder(loader, letters, own_problems)
    text = embedder.embed_text(sheet.text, f"{sheet.folder.as_uri()}/", sheet.name)
    addresses = [address for address in sorted(loader.addresses) if not address.startswith("data:")]
    files = tuple((path, _sign_file(path)) for path in _list_candidates(addresses, composed.folders))
    embedded = EmbeddedSheet(text, embedder.font_letters, loader.pictures, files)
    if not own_problems and not embedder.font_letters and not loader.pictures:
        _embedded_sheets().put(key, embedded)
    problems.extend(own_problems)
    return embedded


@cache
def _embedded_sheets() -> Cache[tuple[str, str, Path, Path, tuple[Path, ...]], EmbeddedSheet]:
    return Cache(_SHEET_CAPACITY)


def _list_candidates(addresses: Iterable[str], folders: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the files that may be loaded for some addresses: in one style folder or another."""
    for address in addresses:
        path = Path(url2pathname(urlsplit(address).path))
        yield path
        for folder in folders:
            if path.is_relative_to(folder):
                yield from (other / path.relative_to(folder) for other in folders if other != folder)


def _sign_file(path: Path) -> tuple[int, ...]:
    """Return what changes when a file is written; nothing if it is not there."""
    try:
        state = path.stat()
    except OSError:
        return ()
    return state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino


class SheetEmbedder:
    """Embeds the files that the style sheets of one page load; fonts keep only the letters of the page.

    `font_letters` are the letters that these fonts have.
    """

    def __init__(self, loader: Loader, letters: frozenset[str], problems: Problems) -> None:
        """Take the loader of the page and the letters of the page."""
        self._loader = loader
        self._letters = letters
        self.font_letters: frozenset[str] = frozenset()
        self._problems = problems

    def embed_text(self, text: str, base: str, name: str, depth: int = 0) -> str:
        """Return the self-contained text of a style sheet; its addresses are relative to the base."""
        rules = []
        for parsed in _parse_rules(text):
            if isinstance(parsed, str):
                rules.append(parsed)
                continue
            rule = deepcopy(parsed)  # addresses are replaced in it
            place = Place(name, rule.source_line, rule.source_column)
            if isinstance(rule, ast.ParseError):
                self._problems.add(RENDERING.at(place, detail=f"browsers ignore this rule ({rule.message})"))
            elif isinstance(rule, ast.AtRule) and rule.lower_at_keyword == "import":
                rules.append(self._embed_import(rule, base, place, depth))
            else:
                self._embed_addresses(rule.prelude, base, name)
                self._embed_addresses(rule.content or [], base, name)
                rules.append(str(rule.serialize()))
        return "\n".join(rules)

    def embed_declarations(self, text: str, base: str, name: str) -> str:
        """Return the self-contained text of a style attribute."""
        tokens = tinycss2.parse_component_value_list(text, skip_comments=True)
        self._embed_addresses(tokens, base, name)
        return str(tinycss2.serialize(tokens))

    def _embed_import(self, rule: Any, base: str, place: Place, depth: int) -> str:  # noqa: ANN401 - tinycss2 has no types
        tokens = [token for token in rule.prelude if token.type != "whitespace"]
        first = tokens[0] if tokens else None
        address = first.value if first is not None and first.type == "string" else _get_address(first)
        if address is None:
            self._loader.report_not_loaded("@import", "it names no address", place)
            return ""
        if depth >= _MAX_DEPTH:
            self._loader.report_not_loaded(address, "style sheets import one another too deeply", place)
            return ""
        loaded = self._loader.load(address, base, place)
        if loaded is None:
            return ""
        text = loaded.content.decode("utf-8", "replace")
        inner = self.embed_text(text, loaded.address, urljoin("/", address).lstrip("/"), depth + 1)
        media = tinycss2.serialize(rule.prelude[rule.prelude.index(first) + 1 :]).strip()
        return f"@media {media} {{\n{inner}\n}}" if media else inner

    def _embed_addresses(self, tokens: list[Any], base: str, name: str) -> None:
        """Replace all addresses by data: addresses."""
        was_font = False
        for index, token in enumerate(tokens):
            address = _get_address(token)
            if address is not None and (address.startswith("#") or not address.strip()):
                continue  # a place in the page itself
            if address is not None:
                data = self._load_data(address, base, Place(name, token.source_line, token.source_column))
                was_font = data.startswith("data:font/")
                tokens[index] = _make_url(token, data)
            elif token.type == "function" and token.lower_name == "format" and was_font:
                token.arguments[:] = tinycss2.parse_component_value_list('"woff2"')
            elif token.type == "function" and token.lower_name in _IMAGES:
                token.arguments[:] = [
                    _make_url(part, part.value) if part.type == "string" else part for part in token.arguments
                ]
                self._embed_addresses(token.arguments, base, name)
            elif token.type != "whitespace":
                self._embed_addresses(_get_inner_tokens(token), base, name)

    def _load_data(self, address: str, base: str, place: Place) -> str:
        loaded = self._loader.load(address, base, place)
        if loaded is None:
            return ""
        if loaded.is_picture:
            return self._loader.to_data_address(loaded)
        try:
            if loaded.media_type.startswith("font/"):
                font = subset_font(loaded.content, self._letters)
                self.font_letters |= read_letters(loaded.content)
                return make_data_address("font/woff2", font)
        except NotAFontError as broken:
            self._loader.report_not_loaded(address, str(broken), place)
            return ""
        self._loader.report_not_loaded(address, "it is neither a picture nor a font that browsers can use", place)
        return ""


@lru_cache(_SHEET_CAPACITY)
def _parse_rules(text: str) -> tuple[Any, ...]:
    """Return the rules of a style sheet: the text of those that load nothing, and others as tinycss2 has them."""
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return tuple(
        rule if _is_open(rule) else str(rule.serialize())
        for rule in rules
        if not (isinstance(rule, ast.AtRule) and rule.lower_at_keyword == "charset")
    )


def _is_open(rule: Any) -> bool:  # noqa: ANN401 - tinycss2 has no types
    """Return whether a rule has a fault, or may load anything."""
    if isinstance(rule, ast.ParseError) or (isinstance(rule, ast.AtRule) and rule.lower_at_keyword == "import"):
        return True
    return _may_load([*rule.prelude, *(rule.content or ())])


def _may_load(tokens: Iterable[Any]) -> bool:
    return any(
        _get_address(token) is not None
        or (token.type == "function" and token.lower_name in _IMAGES)
        or _may_load(_get_inner_tokens(token))
        for token in tokens
    )


@lru_cache(_SHEET_CAPACITY)
def collect_strings(text: str) -> frozenset[str]:
    """Return the letters of all strings in a style sheet, such as those of `content`, which it could show."""
    letters: set[str] = set()

    def collect(tokens: Iterable[Any]) -> None:
        for token in tokens:
            if token.type == "string":
                letters.update(token.value)
            collect(_get_inner_tokens(token))

    collect(tinycss2.parse_component_value_list(text, skip_comments=True))
    return frozenset(letters)


def _get_inner_tokens(token: Any) -> list[Any]:  # noqa: ANN401 - tinycss2 has no types
    inner: list[Any] = token.arguments if token.type == "function" else getattr(token, "content", None) or []
    return inner


def _get_address(token: Any) -> str | None:  # noqa: ANN401 - tinycss2 has no types
    """Return the address that a token names, or None."""
    if token is None:
        return None
    if token.type == "url":
        return str(token.value)
    if token.type == "function" and token.lower_name in {"url", "src"}:
        return next((str(part.value) for part in token.arguments if part.type == "string"), "")
    return None


def _make_url(token: Any, address: str) -> Any:  # noqa: ANN401 - tinycss2 has no types
    return ast.URLToken(token.source_line, token.source_column, address, f'url("{address}")')
