"""Decodes the LaTeX of BibTeX files: accents, symbols, and the commands for italics, subscripts and superscripts.

Commands that are not known stay in the text, so that the reference is refused rather than printed with half of them.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

_TOKEN: Final = re.compile(r"\\[A-Za-z]+\*?[ \t\n]*|\\.|---?|``|''|[{}$~^_]|[^\\{}$~^_`'-]+|.", re.DOTALL)
_ACCENTS: Final = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
_BARE: Final = {"\u0302": "^", "\u0303": "~"}
_DOTLESS: Final = {"\u0131": "i", "\u0237": "j"}
# Pairs of a command and its character.
_SYMBOL_TABLE: Final = """
ss ß ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł aa å AA Å i \u0131 j \u0237 dh ð th þ TH Þ DJ Đ dj đ
textendash \u2013 textemdash \u2014 ldots … dots … textellipsis … textbullet • slash / textbackslash \\ textbar |
textregistered ® texttrademark ™ textcopyright © copyright © textdegree ° degree ° S § textsection § P ¶
pounds £ texteuro € textquoteleft \u2018 textquoteright \u2019 textquotedblleft “ textquotedblright ” textquotesingle '
textmu μ textasciitilde ~ textasciicircum ^ textless < textgreater > lt < gt > leq ≤ le ≤ geq ≥ ge ≥ neq ≠ approx ≈ pm ±
times \u00d7 cdot · circ ° sim \u223c rightarrow → to → infty ∞ prime \u2032
"""
_SYMBOL_WORDS: Final = _SYMBOL_TABLE.split()
_GREEK_NAMES: Final = """
alpha beta gamma delta epsilon zeta eta theta iota kappa lamda mu nu xi pi rho sigma tau upsilon phi chi psi omega
"""
_SYMBOLS: Final = {
    **dict(zip(_SYMBOL_WORDS[::2], _SYMBOL_WORDS[1::2], strict=True)),
    **{name: unicodedata.lookup(f"greek small letter {name}") for name in _GREEK_NAMES.split()},
    **{name.title(): unicodedata.lookup(f"greek capital letter {name}") for name in _GREEK_NAMES.split()},
    "lambda": unicodedata.lookup("greek small letter lamda"),
    "Lambda": unicodedata.lookup("greek capital letter lamda"),
}
_SPACES: Final = frozenset({"newline", "space", "quad", "qquad"})
_TAGS: Final = {
    "emph": "i",
    "textit": "i",
    "mathit": "i",
    "textsl": "i",
    "textsubscript": "sub",
    "textsuperscript": "sup",
}
# Commands whose argument is printed like the text around it, and those that change the font of the rest of a group.
_PLAIN_COMMANDS: Final = """
textbf textrm textsc textsf texttt textup textnormal text mathrm mathbf mathsf ensuremath mbox url mkbibquote
enquote nocase bf it em rm sc sl sf tt itshape bfseries scshape upshape normalfont relax protect
"""
_PLAIN: Final = frozenset(_PLAIN_COMMANDS.split())
_ESCAPED_SPACES: Final = frozenset("\\,:; \n")
_NOTHING: Final = frozenset("!/-@()")
_LIGATURES: Final = {"--": "\u2013", "---": "\u2014", "``": "“", "''": "”", "~": " "}


def decode_latex(text: str) -> str:
    """Return a text without LaTeX, with tags for italics, subscripts and superscripts."""
    decoder = _Decoder()
    for token in _TOKEN.finditer(text):
        decoder.take(token[0])
    return decoder.finish()


@dataclass(slots=True)
class _Decoder:
    """Decodes token by token: nesting costs no stack, whatever its depth."""

    pieces: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)  # what ends each open group
    accent: str = ""
    tag: str = ""  # of the next group or character
    in_math: bool = False

    def take(self, piece: str) -> None:
        """Decode one token."""
        if piece == "{":
            self.closing.append(self._open_tag())
        elif piece == "}":
            self.pieces.append(_BARE.get(self.accent, ""))  # \^{} and \~{} are these characters
            self.accent = ""
            self.pieces.append(self.closing.pop() if self.closing else "")
        elif piece == "$":
            self.in_math = not self.in_math
        elif piece[0] == "\\" and len(piece) > 1:
            self._take_command(piece[1:].rstrip(" \t\n") or " ")
        elif piece in "^_":
            self.tag = {"^": "sup", "_": "sub"}[piece] if self.in_math else ""
            self.pieces.append("" if self.in_math else piece)
        else:
            self._add(_LIGATURES.get(piece, piece))

    def finish(self) -> str:
        """Return the text; groups that are still open end here."""
        return "".join([*self.pieces, *reversed(self.closing)])

    def _take_command(self, name: str) -> None:
        name = name.removesuffix("*")
        if name in _ACCENTS:
            self.accent = _ACCENTS[name]
        elif name in _TAGS:
            self.tag = _TAGS[name]
        elif name in _SYMBOLS:
            self._add(_SYMBOLS[name])
        elif name in _SPACES or name in _ESCAPED_SPACES:
            self._add(" ")
        elif name not in _PLAIN and name not in _NOTHING:
            self._add(f"\\{name} " if name.isalpha() else name)

    def _open_tag(self) -> str:
        """Write the start of an element, and return its end."""
        tag, self.tag = self.tag, ""
        self.pieces.append(f"<{tag}>" if tag else "")
        return f"</{tag}>" if tag else ""

    def _add(self, text: str) -> None:
        if self.accent and text.strip():
            letter = text.lstrip()[0]
            accented = unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + self.accent)
            text, self.accent = accented + text.lstrip()[1:], ""
        if self.tag and text.strip():  # a script of one character
            end = self._open_tag()
            self.pieces.append(text[0] + end + text[1:])
        else:
            self.pieces.append(text)
