"""Notices that the law requires on handouts: a part of practice.yaml."""

from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, Field, computed_field, model_validator

from handouts.language.assistance_notice import ASSISTANCE_NOTICES
from handouts.language.tags import direction_of
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.base import Language, PlainText, Schema, make_rule_error

_SOURCE: Final = "45 CFR 92.11 (https://www.ecfr.gov/current/title-45/section-92.11); docs/practices.md"
NO_NOTICE_TEXT: Final = Rule(
    "no-notice-text",
    Severity.ERROR,
    title="the notice of language assistance is not known in a language",
    why="Its wording is the government's: none is invented, and none is left out silently.",
    source=_SOURCE,
    message='the notice of language assistance is not shipped in "{language}"',
    hint="copy it from the sample of HHS into texts: {{{language}: ...}}, with {{phone}} in place of the number; "
    "shipped are {shipped}",
)
NO_PHONE_IN_NOTICE: Final = Rule(
    "no-phone-in-notice",
    Severity.ERROR,
    title="a notice of language assistance without a place for the number to call",
    why="People would not know whom to call.",
    source=_SOURCE,
    message="the notice lacks {{phone}}, or has it more than once",
    hint="write {{phone}} where the number belongs",
)
RULES: Final = (NO_NOTICE_TEXT, NO_PHONE_IN_NOTICE)

_PHONE: Final = "{phone}"


def _check_notice(value: str) -> str:
    if value.count(_PHONE) != 1:
        raise make_rule_error(NO_PHONE_IN_NOTICE)
    return value


class PrintedNotice(BaseModel):
    """The notice in one language, before and after the number to call."""

    language: str
    direction: str
    before: str
    after: str


class LanguageAssistance(Schema):
    """The notice of availability of language assistance services, in English and other languages."""

    phone: PlainText = Field(description="The number for interpreters; with its TTY number if there is one.")
    languages: tuple[Language, ...] = Field(
        min_length=1, description="Those besides English, as a rule the 15 that are spoken most in the state."
    )
    texts: dict[Language, Annotated[PlainText, AfterValidator(_check_notice)]] = Field(
        {}, description="Texts of HHS's sample that are not shipped, or corrected, with {phone} for the number."
    )
    confirmed_by: PlainText | None = Field(
        None, description="The role of the person who compared the texts with HHS's own files."
    )

    @model_validator(mode="after")
    def _check_languages(self) -> "LanguageAssistance":
        for language in self.languages:
            if language not in self.texts and language not in ASSISTANCE_NOTICES:
                shipped = ", ".join(ASSISTANCE_NOTICES)
                hint = NO_NOTICE_TEXT.hint.format(language=language, shipped=shipped)
                raise make_rule_error(NO_NOTICE_TEXT, hint=hint, language=language)
        return self

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorated properties
    @property
    def printed(self) -> tuple[PrintedNotice, ...]:
        """The notice in English, then in each other language, in the order of the file."""
        texts = {**ASSISTANCE_NOTICES, **self.texts}
        return tuple(
            PrintedNotice(language=tag, direction=direction_of(tag), before=before, after=after)
            for tag in dict.fromkeys(("en", *self.languages))
            for before, _, after in [texts[tag].partition(_PHONE)]
        )


class Notices(Schema):
    """Notices that the law requires on handouts of a practice."""

    language_assistance: LanguageAssistance = Field(
        description="Section 1557, United States: on a page of its own, or below a web page."
    )
