"""The data that a template gets: the interface between this tool and the templates of a project."""

from pydantic import Field, JsonValue

from handouts.schema.base import Schema


class TemplatePlace(Schema):
    """The place of a text in its file, for `source()`."""

    file: str
    line: int
    column: int


class TemplateNote(Schema):
    """A symbol footnote."""

    symbol: str
    id: str = Field(description="The id of its HTML element, which its sign in the text links to.")
    html: str


class TemplateInsert(Schema):
    """A text of the practice."""

    html: str
    notes: list[TemplateNote]


class TemplateUnit(TemplateInsert):
    """A section or block."""

    id: str = Field(description="The id of its HTML element.")
    title: str
    place: TemplatePlace
    inserts_at_start: list[TemplateInsert]
    inserts: list[TemplateInsert]


class TemplatePart(Schema):
    """A part with its printed sections, each with its number; handouts without parts have one without an id."""

    id: str
    title: str
    place: TemplatePlace
    sections: list[tuple[int, TemplateUnit]]


class TemplateReference(Schema):
    """An entry of the list of references."""

    number: int
    anchor: str = Field(description="The id of its first citation, which it links back to.")
    html: str
    missing: bool
    place: TemplatePlace


class TemplatePatient(Schema):
    """What was typed for a patient at the front desk."""

    name: str
    note_lines: list[str]
    has_rare_letters: bool


class TemplateHandout(Schema):
    """The data of a handout, of which a pack has several."""

    handout: dict[str, JsonValue] = Field(description="The printed fields of its front matter: `schema front-matter`.")
    section_actions: list[int]
    section_questions: list[int]
    published: str
    review_due: str
    is_whole: bool
    section_numbers: str
    section_count: int
    has_parts: bool
    parts: list[TemplatePart]
    blocks: list[TemplateUnit]


class TemplateMember(TemplateHandout):
    """A handout of a pack."""

    id: str
    place: TemplatePlace


class TemplateValues(TemplateHandout):
    """All data of one print; a text named `html` is HTML, every other text is not."""

    members: list[TemplateMember] = Field(description="The handouts of a pack; empty for other prints.")
    practice: dict[str, JsonValue] = Field(description="The printed fields of practice.yaml: `schema practice`.")
    words: dict[str, str] = Field(description="The fixed words in the language of the handout.")
    language: str
    direction: str = Field(pattern="^(ltr|rtl)$")
    print_code: str
    qr: str = Field(description="The address of a picture.")
    logo: str = Field(description="The address of a picture.")
    web_address: str = Field(description="Where the QR code leads.")
    website: str = Field(description="The address to print.")
    is_short: bool
    message_names_practice: bool
    explained_terms: list[str]
    urgent: list[TemplateUnit]
    references: list[TemplateReference]
    patient: TemplatePatient | None
