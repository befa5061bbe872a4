"""The state of a translation: how it was made, and who reviewed it."""

from typing import Literal

from pydantic import Field

from handouts.schema.base import Language, PlainText, Schema, Unprinted


class Translation(Schema):
    """How a text was translated; a machine translation needs the review of a qualified human (45 CFR 92.201(c)(3))."""

    method: Literal["human", "machine"] = Field(description="Who or what translated it.")
    translator: PlainText | None = Field(None, description="The role or body that translated it, if that is a human.")
    reviewed_by: PlainText | None = Field(
        None, description="The role of the qualified translator who compared it with the original."
    )

    @property
    def is_reviewed(self) -> bool:
        """Whether a qualified human answers for it."""
        return self.reviewed_by is not None or (self.method == "human" and self.translator is not None)


UnitState = Literal["translated", "reviewed"]


class RecordedUnit(Schema):
    """A unit of a translation: its id and the digest of its original when it was translated, and its state."""

    id: Unprinted
    digest: Unprinted
    state: UnitState


class TranslationRecord(Schema):
    """The fields of translations.yaml beside a handout: the units of each translation, in order."""

    languages: dict[Language, tuple[RecordedUnit, ...]]
