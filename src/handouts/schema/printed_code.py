"""A line of print-codes/PRACTICE.jsonl: a print code that was released, and what it stands for."""

from pydantic import Field

from handouts.schema.base import Date, Schema
from handouts.schema.provenance import READ, Provenance


class PrintedCode(Schema):
    """One print code, with the first release that printed it."""

    printed: Date = Field(description="The day of the release.")
    made_from: Provenance = Field(description="What was printed, for which practice, and the digests of its sources.")

    @property
    def name(self) -> str:
        """Which print it is, in words."""
        made = self.made_from
        return f"{made.handout} ({made.language}) for {made.practice}, version {made.version}"

    @property
    def content(self) -> tuple[object, ...]:
        """What the code stands for: the same in all formats and in any ink."""
        made = self.made_from
        digests = tuple(made.sources[source] for source in READ)
        return (made.handout, made.language, made.practice, made.sections, digests)
