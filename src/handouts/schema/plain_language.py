"""What plain language is measured by: a part of the settings for checks."""

from typing import Annotated

from pydantic import Field

from handouts.schema.base import Schema, Text

Grade = Annotated[float, Field(ge=1, le=20)]
Words = Annotated[int, Field(ge=5, le=200)]


class PlainLanguage(Schema):
    """Limits of plain language, for texts in English."""

    grade: Grade = Field(6, description="School grade that a whole handout may need (Flesch-Kincaid).")
    section_grade: Grade = Field(8, description="School grade that a single section may need (Flesch-Kincaid).")
    words_per_sentence: Words = Field(15, description="Words that sentences may have on average.")
    long_sentence: Words = Field(25, description="Words that any one sentence may have.")
    long_word: Annotated[int, Field(ge=1, le=10)] = Field(
        4, description="Syllables from which on a word of the word list is reported."
    )
    passive_percent: Annotated[float, Field(ge=0, le=100)] = Field(
        20, description="Percent of the sentences that may be in the passive voice (estimated)."
    )
    names: tuple[Text, ...] = Field(
        (),
        description="Drugs, procedures and other names that are left out of the reading grade, as glossary terms are.",
    )
    abbreviations: tuple[Text, ...] = Field((), description="Abbreviations that every reader knows, such as ATM.")
