"""Slots: elements that belong to one practice, such as its logo; the rest of a document is the same for all practices.

Templates mark them: `<!--slot--><p class="logo">...</p><!--/slot-->`. Each is one element. What belongs to one print,
such as its code, is in `<!--slot of print-->`, and a text of the handout that names the practice in
`<!--slot of text-->`, so that the other slots can be used for all handouts of a practice.
"""

import re
from dataclasses import dataclass
from typing import Final

_SLOT: Final = re.compile(r"<!--slot( of print| of text)?-->(.*?)<!--/slot-->", re.DOTALL)
SLOT_TAG: Final = "slot"
"""The tag of the empty element that is parsed in place of a slot."""
EMPTY_SLOT: Final = f"<{SLOT_TAG}></{SLOT_TAG}>"
_BODY: Final = "<body"
_OWN_HEAD: Final = re.compile(r"<title\b.*?</title>|<meta\b[^>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SlottedHtml:
    """HTML whose slots were cut out: what comes before <body>, the rest with empty slots, and the content of the slots.

    `of_print` has the numbers of the slots that belong to one print, `of_text` of those with texts of the handout.
    """

    head: str
    body: str
    slots: tuple[str, ...] = ()
    of_print: frozenset[int] = frozenset()
    of_text: frozenset[int] = frozenset()

    @property
    def groups(self) -> tuple[frozenset[int], ...]:
        """The numbers of slots that are laid out together."""
        of_practice = frozenset(range(len(self.slots))) - self.of_print - self.of_text
        return tuple(group for group in (of_practice, self.of_print, self.of_text) if group)

    @property
    def shared_head(self) -> str:
        """The head without the title and other metadata: it may have styles."""
        return _OWN_HEAD.sub("", self.head)

    @property
    def shared(self) -> str:
        """What layout depends on, apart from slots: everything but the title and other metadata."""
        return self.shared_head + self.body


def cut_slots(html: str) -> SlottedHtml:
    """Cut out the slots of a document; without marked slots, all of it belongs to the body."""
    head, start, rest = html.partition(_BODY)
    if not start:
        return SlottedHtml("", html)
    if EMPTY_SLOT in rest:
        return SlottedHtml(head, start + rest)
    slots = _SLOT.findall(rest)
    of_print, of_text = (
        frozenset(number for number, (kind, _) in enumerate(slots) if kind == wanted)
        for wanted in (" of print", " of text")
    )
    contents = tuple(content for _, content in slots)
    return SlottedHtml(head, start + _SLOT.sub(EMPTY_SLOT, rest), contents, of_print, of_text)
