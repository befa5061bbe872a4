"""Texts of a run that were written as HTML, for the other outputs that print them."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from handouts.ama.entry import Run, format_reference
from handouts.compose.shared_values import SharedValues
from handouts.compose.text_facts import TextFactsFinder
from handouts.compose.text_writer import TextWriter
from handouts.language.tags import direction_of
from handouts.model.library import Body, ReferenceEntry
from handouts.system.cache import Cache

_BODY_CAPACITY: Final = 5_000
_TEXT_CAPACITY: Final = 20_000
_ENTRY_CAPACITY: Final = 5_000


class CachedTextWriter(TextWriter):
    """A text writer that keeps what it wrote."""

    def __init__(self, language: str, long_forms: Mapping[str, str]) -> None:
        """Take the language and the long forms by abbreviation."""
        super().__init__(language, long_forms)
        self._written: Cache[str, Markup] = Cache(_TEXT_CAPACITY)

    def __call__(self, text: str) -> Markup:
        """Return the HTML of a whole text. Raises TypeError for other values, which templates can pass."""
        if not isinstance(text, str):
            raise TypeError("only text can be written")
        written = self._written.get(text)
        if written is None:
            written = super().__call__(text)
            self._written.put(text, written)
        return written


@dataclass(frozen=True, slots=True)
class WrittenBody:
    """A body as HTML, and the anchors of the citations that come first in it; `body` keeps the key valid."""

    body: Body
    html: Markup
    anchors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WrittenTexts:
    """Caches of texts by all that they depend on, and of what is read from them."""

    find_facts: TextFactsFinder = field(default_factory=TextFactsFinder)
    values: SharedValues = field(default_factory=SharedValues)
    _writers: dict[tuple[str, tuple[tuple[str, str], ...]], CachedTextWriter] = field(default_factory=dict)
    _bodies: Cache[Hashable, WrittenBody] = field(default_factory=lambda: Cache(_BODY_CAPACITY))
    _entries: Cache[Hashable, tuple[ReferenceEntry, Markup]] = field(default_factory=lambda: Cache(_ENTRY_CAPACITY))

    def get_writer(self, language: str, long_forms: Mapping[str, str] | None = None) -> CachedTextWriter:
        """Return the writer of texts in a language, with the long forms of abbreviations."""
        key = language, tuple((long_forms or {}).items())
        if key not in self._writers:
            self._writers[key] = CachedTextWriter(language, long_forms or {})
        return self._writers[key]

    def write_body(self, body: Body, key: Hashable, write: Callable[[], WrittenBody]) -> WrittenBody:
        """Return a body as it was written before; `key` is all that it depends on, apart from itself."""
        whole_key = id(body), key
        written = self._bodies.get(whole_key)
        if written is None:
            written = write()
            self._bodies.put(whole_key, written)
        return written

    def write_entry(self, entry: ReferenceEntry, language: str) -> Markup:
        """Return the HTML of an entry of the list of references."""
        key = id(entry), language
        written = self._entries.get(key)
        if written is None:
            is_rtl = direction_of(language) == "rtl"
            writer = self.get_writer("en" if is_rtl else language)
            html = Markup("").join(_write_run(run, writer) for run in format_reference(entry.reference))
            if is_rtl:
                # A block, because WeasyPrint 70 breaks an address in an inline element where it need not.
                html = Markup('<div lang="en" dir="ltr">{}</div>').format(html)
            written = entry, html  # with the entry, so that no other gets its id
            self._entries.put(key, written)
        return written[1]


def _write_run(run: Run, write: TextWriter) -> Markup:
    if run.url:
        return Markup('<a class="web-address" href="{0}">{1}</a>').format(run.url, run.text)
    html = write(run.text)
    if run.position:
        html = Markup("<{0}>{1}</{0}>").format(run.position, html)
    return Markup("<em>{}</em>").format(html) if run.italic else html
