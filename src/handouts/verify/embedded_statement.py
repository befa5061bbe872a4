"""What a file says of itself, found without reading PDF or trusting what is there."""

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

_MOST_BYTES: Final = 200_000_000
_MOST_OF_A_PACKET: Final = 65_536  # ours have 8,000
_MOST_PACKETS: Final = 1000  # pictures may have some too
_HEAD_OF_A_PAGE: Final = 32_768  # what a web page says of itself stands first in it
_BEGIN: Final = b"<?xpacket begin="
_END: Final = b"<?xpacket end="
_TOO_LARGE: Final = "its metadata is larger than that of any file of handouts"
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


class NotOursError(HandoutsError):
    """A file that this tool did not make, or that is no longer as it made it; the text says why."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says of itself, and the SHA-256 of its bytes; `once` tells whether it says so only once, as made."""

    made_from: Provenance
    sha256: str
    once: bool


def read_file(path: Path) -> Found:
    """Read what a PDF or web page says of itself; raise NotOursError, or OSError for what cannot be read."""
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if not content:
        raise NotOursError("the file is empty")
    if len(content) > _MOST_BYTES:
        raise NotOursError(f"the file is larger than {_MOST_BYTES // 1_000_000} MB")
    statements = list(_in_pdf(content) if content.startswith(b"%PDF-") else _in_page(content))
    try:
        # All are looked at: which of them counts would depend on the program.
        read = [read_statement(texts) for texts in statements]
    except NoStatementError as wrong:
        raise NotOursError(str(wrong)) from None
    if any(one != read[0] for one in read):
        raise NotOursError("it says different things of itself")
    return Found(read[0], hashlib.sha256(content).hexdigest(), len(read) == 1)


def _in_pdf(content: bytes) -> Iterator[dict[str, str]]:
    """Give what each metadata packet with our properties says; they are not compressed in files of ours."""
    if NAMESPACE.encode() not in content:
        encrypted = ": it is encrypted" if b"/Encrypt" in content else ""
        raise NotOursError(f"the PDF does not say that handouts made it{encrypted}")
    if b"%%EOF" not in content[-1024:]:
        raise NotOursError("the PDF is cut off")
    found = packets = 0
    start = content.find(_BEGIN)
    while start >= 0:
        packets += 1
        end = content.find(_END, start)
        packet = content[start : end if end >= 0 else None]
        if NAMESPACE.encode() in packet:
            found += 1
            if len(packet) > _MOST_OF_A_PACKET:
                raise NotOursError(_TOO_LARGE)
            yield _properties(packet)
        if packets > _MOST_PACKETS:
            raise NotOursError(_TOO_LARGE)
        start = content.find(_BEGIN, end) if end >= 0 else -1
    if not found:
        raise NotOursError("its metadata is damaged")


def _properties(packet: bytes) -> dict[str, str]:
    """Read our properties from a packet of XMP: plain elements below rdf:Description, each once."""
    try:
        text = packet.decode()
        # Without a document type there are no entities, and so nothing that grows.
        if "<!" in text:
            raise NotOursError("its metadata has declarations, as that of no file of handouts")
        root = fromstring(text[text.index("?>") + 2 :].strip())  # noqa: S314 - no document type, as said above
    except (UnicodeDecodeError, ValueError, ParseError):
        raise NotOursError("its metadata is damaged") from None
    texts: dict[str, str] = {}
    for description in root.iter(f"{_RDF}Description"):
        for element in description:
            if element.tag.startswith(f"{{{NAMESPACE}}}"):
                name = element.tag.rpartition("}")[2]
                if name in texts:
                    raise NotOursError("it says different things of itself")
                texts[name] = element.text or ""
    return texts


class _Metas(HTMLParser):
    """Collects what the meta elements of a page say of handouts."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.twice = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("name") or ""
        if tag == "meta" and name.startswith(HTML_PREFIX):
            name = name.removeprefix(HTML_PREFIX)
            self.twice |= name in self.texts
            self.texts[name] = values.get("content") or ""


def _in_page(content: bytes) -> Iterator[dict[str, str]]:
    head = content[:_HEAD_OF_A_PAGE].decode("utf-8", "replace")
    if f'"{HTML_PREFIX}' not in head:
        raise NotOursError("the file does not say that handouts made it")
    if b"</html>" not in content[-1024:].lower():
        raise NotOursError("the web page is cut off")
    # Where the head ends, or the first style sheet starts, all is said.
    head, _, _ = head.partition("<style")
    metas = _Metas()
    metas.feed(head)
    if metas.twice:
        raise NotOursError("it says different things of itself")
    yield metas.texts
