"""Finds the fonts of languages whose letters the bundled font lacks, and reduces them to the letters of a page.

A project may have fonts of its own for languages; they are used in place of those that are known here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote

from handouts.language.tags import is_same_language, script_of
from handouts.model.library import FontFiles, Picture
from handouts.model.project import shipped
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

MISSING_FONT: Final = Rule(
    "missing-font",
    Severity.ERROR,
    title="the font of a language is not installed",
    why="Its letters would be boxes. Fonts of some scripts are too large to come with the tool.",
    source="docs/practices.md, another language",
    message='the font of "{language}" is not installed: {family}',
    hint='in your clone of handouts: pip install ".[{extra}]"',
)
RULES: Final = (MISSING_FONT,)

_WEIGHTS: Final = (400, 700)
_SHAPERS: Final = frozenset(map(chr, (0x200C, 0x200D, 0x200E, 0x200F, 0x25CC)))  # joiners, marks, the dotted circle
_FOLDER: Final = "languages"  # of styles/
_CODE_FONT: Final = '"Atkinson Hyperlegible Next"'  # of print codes in all languages: its 0 and O, 1 and I differ
_CACHE_SIZE: Final = 32
_REDUCED_CACHE_SIZE: Final = 10  # fonts of up to 2 MB
FONT_SCHEME: Final = "language-font"
"""The scheme of addresses of reduced fonts: they are made where they are loaded."""


class MissingFontError(HandoutsError):
    """The package of a font is not installed."""


@dataclass(frozen=True, slots=True)
class LanguageFont:
    """A font with the letters of a language.

    A bundled one has a static `file` for each weight and style, one of a package a variable `file` and the `extra` of
    this tool that installs it, one of the project its `own_files` by style.
    """

    family: str
    file: str = ""
    package: str = ""
    extra: str = ""
    own_files: tuple[tuple[str, Picture], ...] = ()

    @property
    def is_installed(self) -> bool:
        """Whether the font, and what reduces it, are installed."""
        return not self.package or all(find_spec(name.replace("-", "_")) for name in (self.package, "uharfbuzz"))

    @property
    def version(self) -> str:
        """What the pages of a language depend on: the versions of the font and of what reduces it, or its files."""
        if self.own_files:
            return ", ".join(f"{style} {file.digest}" for style, file in self.own_files)
        try:
            return ", ".join(f"{name} {version(name)}" for name in (self.package, "uharfbuzz")) if self.package else ""
        except PackageNotFoundError:
            return ""

    def find_path(self) -> Path:
        """Return the path of the file. Raises MissingFontError if it is not installed."""
        if self.own_files:
            return dict(self.own_files)["regular"].path
        if not self.package:
            return shipped() / "styles" / _FOLDER / self.file.format(style="Regular")
        spec = find_spec(self.package.replace("-", "_")) if self.is_installed else None
        if spec is None or not spec.submodule_search_locations:
            raise MissingFontError(self.family)
        return Path(spec.submodule_search_locations[0], self.file)


def _noto_cjk(code: str) -> LanguageFont:
    file = f"fonts/ofl/notosans{code.lower()}/NotoSans{code}[wght].ttf"
    return LanguageFont(f"Noto Sans {code}", file, "justmytype-intl-cjk", "cjk")


_ARABIC: Final = LanguageFont(
    "Noto Sans Arabic", "files/NotoSansArabic[wdth,wght].ttf", "fontpkg-noto-sans-arabic", "arabic"
)
_OF_SCRIPT: Final[Mapping[str, LanguageFont]] = {
    "arab": _ARABIC,
    "hans": _noto_cjk("SC"),
    "hant": _noto_cjk("TC"),
    "jpan": _noto_cjk("JP"),
    "kore": _noto_cjk("KR"),
}
# Codec, first and last row, and first cell: symbols and the usual characters of GB 2312 (level 1), Big5 (level 1),
# JIS X 0208 (level 1) and KS X 1001 (Hangul).
_USUAL_ROWS: Final[Mapping[str, tuple[str, int, int, int]]] = {
    "Noto Sans SC": ("gb2312", 0xA1, 0xD7, 0xA1),
    "Noto Sans TC": ("big5", 0xA1, 0xC6, 0x40),
    "Noto Sans JP": ("euc_jp", 0xA1, 0xCF, 0xA1),
    "Noto Sans KR": ("euc_kr", 0xA1, 0xC8, 0xA1),
}
_LATIN: Final = frozenset(map(chr, (*range(0x20, 0x180), *range(0x2000, 0x2100))))
_OF_LANGUAGE: Final[Mapping[str, LanguageFont]] = {
    "vi": LanguageFont("Be Vietnam Pro", "BeVietnamPro-{style}.ttf"),
}
_STYLES: Final[Mapping[str, str]] = {
    "Regular": "font-weight: 400",
    "SemiBold": "font-weight: 600",
    "Bold": "font-weight: 700",
    "Italic": "font-style: italic",
}
_FAMILIES: Final = frozenset(font.family for font in (*_OF_SCRIPT.values(), *_OF_LANGUAGE.values()))
_OWN_FAMILY: Final = "Font of language "
_OWN_STYLES: Final[Mapping[str, str]] = {
    "regular": "font-weight: 400",
    "bold": "font-weight: 700",
    "italic": "font-style: italic",
}


def is_language_family(family: str) -> bool:
    """Return whether a family is the font of a language.

    Signs that it lacks may be set in a bundled font: no word looks broken.
    """
    return family in _FAMILIES or family.startswith(_OWN_FAMILY)


def find_language_font(language: str, own_fonts: Mapping[str, FontFiles]) -> LanguageFont | None:
    """Return the font of a language: one of the project, by language, or else a known one.

    None if the language is written with letters of the bundled text font.
    """
    if own_fonts:
        tags = [language, *(tag for tag in own_fonts if is_same_language(tag, language))]
        own = next((tag for tag in tags if tag in own_fonts), None)
        if own:
            return LanguageFont(f"{_OWN_FAMILY}{own}", own_files=tuple(own_fonts[own].items()))
    return _OF_LANGUAGE.get(language.lower().partition("-")[0]) or _OF_SCRIPT.get(script_of(language))


def write_language_sheet(font: LanguageFont, texts: Iterable[str], passages: str = "", *, is_shared: bool) -> str:
    """Return CSS that sets texts in the font of their language: a page, or its passages in another language.

    If it `is_shared`, the font also has the usual letters of the language: then most pages have the same sheet, and it
    is parsed once. Files of the project are named from its top folder, others from that of the shipped styles.
    """
    if font.own_files:
        faces = [(_OWN_STYLES[style], quote(file.name)) for style, file in font.own_files]
    elif font.package:
        letters = frozenset().union(*texts) | _SHAPERS
        start = f"{FONT_SCHEME}:{quote(font.family)}"
        extra = quote("".join(sorted(letters - find_usual_letters(font) if is_shared else letters)), safe="")
        faces = [
            (f"font-weight: {weight}", f"{start}/{weight}/{'usual' if is_shared else 'none'}/{extra}")
            for weight in _WEIGHTS
        ]
    else:
        faces = [(style, f"{_FOLDER}/{font.file.format(style=name)}") for name, style in _STYLES.items()]
    rules = "".join(
        f'@font-face {{ font-family: "{font.family}"; {style}; src: url("{address}") }}\n' for style, address in faces
    )
    if passages:
        return f'{rules}[lang="{passages}"] {{ font-family: "{font.family}", var(--font), "Handouts Symbols" }}\n'
    of_codes = f".code {{ font-family: {_CODE_FONT}; direction: ltr; text-align: left }}\n"
    return f'{rules}:root {{ --font: "{font.family}" }}\n{of_codes}'


def load_language_font(address: str) -> bytes:
    """Return the font at an address that `write_language_sheet` wrote: a TrueType file with some letters.

    Raises ValueError for any other address, and MissingFontError.
    """
    try:
        family, weight, usual, extra = map(unquote, address.partition(":")[2].split("/"))
        font = {font.family: font for font in _OF_SCRIPT.values()}[family]
        is_known = int(weight) in _WEIGHTS and usual in {"usual", "none"}
    except (ValueError, KeyError):
        is_known = False
    if not is_known:
        raise ValueError("there is no such font of a language")
    letters = frozenset(extra) | (find_usual_letters(font) if usual == "usual" else frozenset())
    return _reduce(font.find_path(), int(weight), letters)


@cache
def find_usual_letters(font: LanguageFont) -> frozenset[str]:
    """Return the letters that nearly all texts are written in that are set in the font of a package.

    Chinese, Japanese and Korean: the usual characters of the national standards. Raises MissingFontError.
    """
    if font.family not in _USUAL_ROWS:
        return read_language_letters(font)
    codec, first, last, low = _USUAL_ROWS[font.family]
    pairs = (bytes((row, cell)) for row in range(first, last + 1) for cell in range(low, 0xFF))
    return frozenset("".join(pair.decode(codec, "ignore") for pair in pairs)) | _LATIN


@lru_cache(_CACHE_SIZE)
def read_language_letters(font: LanguageFont) -> frozenset[str]:
    """Return the letters that a font has. Raises MissingFontError."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow

    with TTFont(font.find_path(), lazy=True) as whole:
        return frozenset(map(chr, whole.getBestCmap()))


@lru_cache(_REDUCED_CACHE_SIZE)
def _reduce(path: Path, weight: int, letters: frozenset[str]) -> bytes:
    """Return a static font of one weight with some letters of a variable font: the same bytes each time."""
    import uharfbuzz  # noqa: PLC0415 - installed with the fonts that need it

    face = _open_face(path)
    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).update(map(ord, letters))
    features = wanted.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.clear()
    features.invert()  # all features: they join letters
    wanted.pin_all_axes_to_default(face)
    wanted.pin_axis_location(face, "wght", weight)
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


@cache
def _open_face(path: Path) -> Any:  # noqa: ANN401 - uharfbuzz has no types
    import uharfbuzz  # noqa: PLC0415 - as above

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))
