"""Reads the provenance statement embedded in a file, without parsing PDF or trusting the content."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError, fromstring

from handouts.problems.exceptions import HandoutsError
from handouts.provenance.statement import HTML_PREFIX, NAMESPACE, NoStatementError, read_statement
from handouts.schema.provenance import Provenance
from handouts.system.regular_file import read_regular_file

_MOST_BYTES: Final = 200_000_000
_LARGEST_PACKET: Final = 65_536  # bytes; those of handouts have about 8,000
_MOST_PACKETS: Final = 1000  # pictures may have packets too
_HEAD_OF_A_PAGE: Final = 32_768  # bytes; a web page starts with its statement
_BEGIN: Final = b"<?xpacket begin="
_END: Final = b"<?xpacket end="
_TOO_LARGE: Final = "its metadata is larger than in any file made by handouts"
_CONTRADICTION: Final = "its metadata contradicts itself"
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


class NotOursError(HandoutsError):
    """A file that this tool did not make, or that was damaged since; the text says why."""


@dataclass(frozen=True, slots=True)
class EmbeddedStatement:
    """The provenance that a file states, and the SHA-256 of its bytes.

    `is_unique` is false if the file holds the statement more than once, which no build produces.
    """

    made_from: Provenance
    sha256: str
    is_unique: bool


def read_embedded_statement(path: Path) -> EmbeddedStatement:
    """Read the statement of a PDF or web page. Raises NotOursError, or OSError if the file cannot be read."""
    if path.stat().st_size > _MOST_BYTES:
        raise NotOursError(f"the file is larger than {_MOST_BYTES // 1_000_000} MB")
    content = read_regular_file(path, _MOST_BYTES)
    if not content:
        raise NotOursError("the file is empty")
    statements = list(_find_in_pdf(content) if content.startswith(b"%PDF-") else _find_in_web_page(content))
    try:
        # All statements are read, because programs disagree on which one counts.
        provenances = [read_statement(texts) for texts in statements]
    except NoStatementError as error:
        raise NotOursError(str(error)) from None
    if any(provenance != provenances[0] for provenance in provenances):
        raise NotOursError(_CONTRADICTION)
    return EmbeddedStatement(provenances[0], hashlib.sha256(content).hexdigest(), len(provenances) == 1)


def _find_in_pdf(content: bytes) -> Iterator[dict[str, str]]:
    """Yield the properties of each metadata packet that has ours; handouts does not compress its packets.

    Raises NotOursError if there is none, or if the file is damaged.
    """
    if NAMESPACE.encode() not in content:
        encrypted = ", or is encrypted" if b"/Encrypt" in content else ""
        raise NotOursError(f"the PDF was not made by handouts{encrypted}")
    if b"%%EOF" not in content[-1024:]:
        raise NotOursError("the PDF is cut off")
    packets = 0
    has_statement = False
    start = content.find(_BEGIN)
    while start >= 0:
        packets += 1
        end = content.find(_END, start)
        packet = content[start : end if end >= 0 else None]
        if NAMESPACE.encode() in packet:
            has_statement = True
            if len(packet) > _LARGEST_PACKET:
                raise NotOursError(_TOO_LARGE)
            yield _read_properties(packet)
        if packets > _MOST_PACKETS:
            raise NotOursError(_TOO_LARGE)
        start = content.find(_BEGIN, end) if end >= 0 else -1
    if not has_statement:
        raise NotOursError("its metadata is damaged")


def _read_properties(packet: bytes) -> dict[str, str]:
    """Read our properties from an XMP packet: plain elements below rdf:Description, each once.

    Raises NotOursError if the packet is damaged or repeats a property.
    """
    try:
        text = packet.decode()
        # Without declarations there are no entities that could expand without limit.
        if "<!" in text:
            raise NotOursError("its metadata has declarations, which files made by handouts never have")
        root = fromstring(text[text.index("?>") + 2 :].strip())  # noqa: S314 - has no declarations, see above
    except (UnicodeDecodeError, ValueError, ParseError):
        raise NotOursError("its metadata is damaged") from None
    texts: dict[str, str] = {}
    for description in root.iter(f"{_RDF}Description"):
        for element in description:
            if element.tag.startswith(f"{{{NAMESPACE}}}"):
                name = element.tag.rpartition("}")[2]
                if name in texts:
                    raise NotOursError(_CONTRADICTION)
                texts[name] = element.text or ""
    return texts


class _MetaParser(HTMLParser):
    """Collects the meta elements of a web page that belong to handouts."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.has_duplicates = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("name") or ""
        if tag == "meta" and name.startswith(HTML_PREFIX):
            name = name.removeprefix(HTML_PREFIX)
            self.has_duplicates |= name in self.texts
            self.texts[name] = values.get("content") or ""


def _find_in_web_page(content: bytes) -> Iterator[dict[str, str]]:
    head = content[:_HEAD_OF_A_PAGE].decode("utf-8", "replace")
    if f'"{HTML_PREFIX}' not in head:
        raise NotOursError("the file was not made by handouts")
    if b"</html>" not in content[-1024:].lower():
        raise NotOursError("the web page is cut off")
    # The statement ends before the first style sheet.
    head, _, _ = head.partition("<style")
    parser = _MetaParser()
    parser.feed(head)
    if parser.has_duplicates:
        raise NotOursError(_CONTRADICTION)
    yield parser.texts
