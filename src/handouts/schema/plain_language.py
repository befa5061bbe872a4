"""Limits of plain language: a part of the settings of `handouts check`."""

from typing import Annotated

from pydantic import Field

from handouts.schema.base import Schema, Text

Grade = Annotated[float, Field(ge=1, le=20)]
Index = Annotated[float, Field(ge=0, le=100)]
Words = Annotated[int, Field(ge=5, le=200)]


class PlainLanguage(Schema):
    """Limits of plain language: for texts in English, and two for those in Spanish."""

    grade: Grade = Field(6, description="The highest school grade of a whole handout (Flesch-Kincaid).")
    section_grade: Grade = Field(8, description="The highest school grade of a single section (Flesch-Kincaid).")
    words_per_sentence: Words = Field(15, description="The most words that sentences may have on average.")
    long_sentence: Words = Field(25, description="The most words that a single sentence may have.")
    long_word: Annotated[int, Field(ge=1, le=10)] = Field(
        4, description="Words of the word list with at least this many syllables are reported."
    )
    passive_percent: Annotated[float, Field(ge=0, le=100)] = Field(
        20, description="The highest percentage of sentences in the passive voice (estimated)."
    )
    inflesz: Index = Field(65, description="The lowest index of a whole handout in Spanish (INFLESZ).")
    section_inflesz: Index = Field(55, description="The lowest index of a single section in Spanish (INFLESZ).")
    names: tuple[Text, ...] = Field(
        (),
        description="Drugs, procedures and other names that are left out of the reading grade, as glossary terms are.",
    )
    abbreviations: tuple[Text, ...] = Field((), description="Abbreviations that every reader knows, such as ATM.")
