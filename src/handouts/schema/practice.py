"""practice.yaml: whose brand a handout bears, and how patients reach them."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from handouts.schema.base import Boolean, Id, Language, PlainText, Schema, Unprinted
from handouts.schema.checks import Accepted
from handouts.schema.print_terms import Paper

TEXT_FIELDS: Final = (("phones",), ("emergency", "text"), ("hours",), ("when_to_call",))
"""The fields whose words every patient reads, as paths: they have to be in the language of the handout."""
INSERTS: Final = ("inserts",)
"""The field that names texts for some sections."""

_LONGEST_ADDRESS = 300  # of a web address: a QR code of more is too fine for a phone


def _hex_color(value: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise PydanticCustomError("bad-color", '"{found}" is no color of the form "#0b5a6f"', {"found": value})
    return value.lower()


def _web_address(value: str) -> str:
    # Printable characters of ASCII, and letters: nothing that hides, turns the direction of text or ends an attribute.
    # No name before an @ either, for people would take it for the site.
    plain = all(character.isalpha() or ("!" <= character <= "~" and character not in "\"'<>\\") for character in value)
    shaped = re.fullmatch(r"https?://[^/?#@.]+\.[^/?#@]+([/?#].*)?", value)
    if not plain or not shaped or len(value) > _LONGEST_ADDRESS:
        raise PydanticCustomError(
            "bad-address", '"{found}" is no web address such as https://clinic.example.org', {"found": value}
        )
    return value


def _country(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise PydanticCustomError(
            "bad-country", '"{found}" is no country of two capital letters such as US or GB', {"found": value}
        )
    return value


Color = Annotated[str, AfterValidator(_hex_color)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Country = Annotated[str, AfterValidator(_country)]


class Colors(Schema):
    """The colors of a brand, as "#rrggbb"."""

    brand: Color = Field(description="Masthead, headings and rules.")
    accent: Color = Field(description="The rule beside safety information, and small marks.")


class Phone(Schema):
    """A phone number, written as people dial it."""

    label: PlainText
    number: PlainText


class Emergency(Schema):
    """The number to call in an emergency, and when."""

    number: PlainText
    text: PlainText


class Hours(Schema):
    """Opening hours of some days."""

    days: PlainText
    hours: PlainText


class Insert(Schema):
    """A practice's own Markdown, printed in a box at the end of a section."""

    handout: Id
    section: Id
    file: Unprinted = Field(description="A Markdown file, beside practice.yaml or in a folder below.")


class Font(Schema):
    """A font of the practice's own: TrueType or OpenType files beside practice.yaml."""

    regular: Unprinted
    bold: Unprinted
    italic: Unprinted | None = None


class PracticeProfile(Schema):
    """The fields of content/practices/<id>/practice.yaml."""

    name: PlainText
    country: Country
    language: Language | None = Field(
        None,
        description="The language of its texts and inserts, such as es: only handouts in this language are printed "
        "for it. Without it, the language of handouts.yaml.",
    )
    paper: Paper | None = None
    logo: Unprinted = Field(description="An SVG, PNG or JPEG file, beside practice.yaml or in a folder below.")
    logo_black: Unprinted | None = Field(None, description="The logo in black, for `--ink black`.")
    colors: Colors
    font: Font | None = None
    address: tuple[PlainText, ...] = Field(min_length=1)
    phones: tuple[Phone, ...] = Field(min_length=1)
    emergency: Emergency
    hours: tuple[Hours, ...] = Field(min_length=1)
    when_to_call: tuple[PlainText, ...] = Field(min_length=1)
    website: WebAddress
    inserts: tuple[Insert, ...] = ()
    accepted: tuple[Accepted, ...] = Field((), description="Findings of `handouts check` that stay, with a reason.")


class PracticeFile(PracticeProfile):
    """practice.yaml as written: a profile, whole or completed by that of another practice."""

    extends: Id | None = Field(None, description="The practice whose values stand for what is not said here.")
    abstract: Boolean = Field(
        default=False,
        description="Only there for others to extend: nothing is printed for it, and it may be incomplete.",
    )
