"""The library: everything that a project contains, as immutable values with their places in the files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.token import Token

from handouts.language.tags import is_same_language
from handouts.problems.problem import Place, Problem
from handouts.schema.field_names import FIELD
from handouts.schema.front_matter import FrontMatter, list_field_texts
from handouts.schema.practice import InsertPosition, PracticeProfile
from handouts.schema.reference import Reference
from handouts.schema.settings import Settings
from handouts.schema.translation import Translation


def find_fields(text: str, place: Place) -> tuple["FieldUse", ...]:
    """Return the fields in a text that is at a place."""
    return tuple(FieldUse(match[1], place) for match in FIELD.finditer(text)) if "{{" in text else ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A use of references in the text, such as `[@a; @b]`; keys in the order written, each once."""

    keys: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A use of a symbol note in the text, such as `[^women]`."""

    label: str
    place: Place


@dataclass(frozen=True, slots=True)
class Picture:
    """An image or font file that was checked: `name` is its path from the project's root, with forward slashes.

    `digest` is of the checked content, `place` is where it is named. `size` in pixels is None for drawings and fonts.
    """

    name: str
    path: Path
    digest: str
    place: Place
    size: tuple[int, int] | None = None


FontFiles = Mapping[str, Picture]
"""The files of a font by style: regular, bold, and italic if there is one."""


@dataclass(frozen=True, slots=True)
class FieldUse:
    """A field in a text, such as `{{ practice.phone }}`: its name without braces."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Body:
    """A piece of Markdown: its tokens (never changed after reading), citations and note marks in order, and pictures.

    `origin` is the place that the lines of its tokens are counted from, `fields` are those that are still to be filled
    in, `blanks` the ids of its lines to write on.
    """

    tokens: tuple[Token, ...]
    marks: tuple[Citation | NoteMark, ...] = ()
    pictures: tuple[Picture, ...] = ()
    origin: Place | None = None
    fields: tuple[FieldUse, ...] = ()
    blanks: tuple[tuple[str, Place], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A block that must be printed with any section of the part `always_with` (None: always).

    Without a title, its heading is the label for important safety information in the language of the page. An urgent
    block is printed first, on page 1.
    """

    id: str
    title: str
    always_with: str | None
    body: Body
    place: Place
    is_urgent: bool = False

    @property
    def fields(self) -> tuple[FieldUse, ...]:
        """The fields in its title and text."""
        return (*find_fields(self.title, self.place), *self.body.fields)


@dataclass(frozen=True, slots=True)
class Section:
    """A question and its answer; `number` counts from 1 over the whole handout.

    A practice may replace its text if it is `replaceable`. `only` and `audience` say for whom it is printed.
    """

    id: str
    title: str
    number: int
    body: Body
    place: Place
    replaceable: bool = False
    only: str = ""
    audience: str = ""

    @property
    def fields(self) -> tuple[FieldUse, ...]:
        """The fields in its title and text."""
        return (*find_fields(self.title, self.place), *self.body.fields)


@dataclass(frozen=True, slots=True)
class Part:
    """A group of sections; a handout that has no parts is one part without id and title."""

    id: str | None
    title: str
    sections: tuple[Section, ...]
    place: Place

    @property
    def fields(self) -> tuple[FieldUse, ...]:
        """The fields in its title and its sections."""
        in_sections = (use for section in self.sections for use in section.fields)
        return (*find_fields(self.title, self.place), *in_sections)


@dataclass(frozen=True, slots=True)
class Handout:
    """A document about one subject, in one language; `front_at` holds the place of each value of its front matter."""

    id: str
    language: str
    front: FrontMatter
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]
    notes: Mapping[str, Body]
    place: Place
    front_at: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict)

    @property
    def sections(self) -> tuple[Section, ...]:
        """All sections, in order."""
        return tuple(section for part in self.parts for section in part.sections)

    @property
    def bodies(self) -> tuple[Body, ...]:
        """The bodies of all sections, blocks and notes."""
        sections = (section.body for section in self.sections)
        return (*sections, *(block.body for block in self.blocks), *self.notes.values())

    @property
    def front_fields(self) -> tuple[FieldUse, ...]:
        """The fields in the texts of the front matter."""
        return tuple(
            use
            for path, text in list_field_texts(self.front)
            for use in find_fields(text, self.front_at.get(path, self.place))
        )

    @property
    def fields(self) -> tuple[FieldUse, ...]:
        """All fields in the texts of the handout."""
        elements: tuple[Part | Block | Body, ...] = (*self.parts, *self.blocks, *self.notes.values())
        return (*self.front_fields, *(use for element in elements for use in element.fields))


@dataclass(frozen=True, slots=True)
class Insert:
    """A practice's own text at the start or end of a section, or in its place."""

    handout: str
    section: str
    body: Body
    notes: Mapping[str, Body]
    place: Place
    at: InsertPosition = "end"

    @property
    def bodies(self) -> tuple[Body, ...]:
        """The bodies of the text and its notes."""
        return (self.body, *self.notes.values())


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice: its profile, and the checked files that the profile names.

    `profile_at` holds the place of each value of the profile; `language` is that of its texts and inserts. `languages`
    has the same practice with its texts in other languages, `incomplete` the names of the texts that it lacks in
    others. `untranslated` are inserts of the practice that it does not have in this language. `language_fonts` are
    those that the project has for languages. `published_at` is the address of its folder on the published site, "" if
    there is none.
    """

    id: str
    language: str
    profile: PracticeProfile
    logo: Picture
    logo_black: Picture | None
    fonts: FontFiles
    inserts: tuple[Insert, ...]
    place: Place
    colors_at: Mapping[str, Place]
    profile_at: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict)
    languages: Mapping[str, "Practice"] = field(default_factory=dict)
    incomplete: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    untranslated: tuple[Insert, ...] = ()
    language_fonts: Mapping[str, FontFiles] = field(default_factory=dict)
    published_at: str = ""

    @property
    def in_all_languages(self) -> tuple["Practice", ...]:
        """The practice in its own language, then in each other one in which it has all texts."""
        return (self, *self.languages.values())

    def in_language(self, language: str) -> "Practice":
        """Return the practice with its texts in a language; itself if it does not have them."""
        if language in self.languages:
            return self.languages[language]
        readable = (one for one in self.in_all_languages if is_same_language(one.language, language))
        return next(readable, self)

    def find_incomplete(self, language: str) -> tuple[str, ...]:
        """Return the names of the texts that the practice lacks in a language in which it has others."""
        found = (names for tag, names in self.incomplete.items() if is_same_language(tag, language))
        return next(found, ())

    @property
    def translation(self) -> tuple[str, Translation] | None:
        """The tag and state of the translation that its texts are; None if they are the original ones.

        Of several tags that the same readers can read, such as es and es-MX, it is the one that needs a review.
        """
        stated = self.profile.translations.items()
        same = [(tag, state) for tag, state in stated if is_same_language(tag, self.language)]
        return min(same, key=lambda one: one[1].is_reviewed, default=None)

    @property
    def bodies(self) -> tuple[Body, ...]:
        """The bodies of all inserts."""
        return tuple(body for insert in self.inserts for body in insert.bodies)


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """A reference, with its place and that of each of its values."""

    reference: Reference
    place: Place
    values_at: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that a project contains; sources that cannot be read are in `broken_...`, with their errors.

    The key of a broken handout is its id and language, that of a broken practice its id.
    """

    settings: Settings
    references: Mapping[str, ReferenceEntry]
    practices: Mapping[str, Practice]
    handouts: tuple[Handout, ...]
    broken_handouts: Mapping[tuple[str, str], tuple[Problem, ...]] = field(default_factory=dict)
    broken_practices: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    abstract_practices: frozenset[str] = frozenset()
    language_fonts: Mapping[str, FontFiles] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """The library (None if the settings of the project cannot be read) and every problem found.

    Without a library, `outline` lists all handouts and practices as broken, so that results can still name them.
    """

    library: Library | None
    problems: tuple[Problem, ...] = field(default=())
    outline: Library | None = None
