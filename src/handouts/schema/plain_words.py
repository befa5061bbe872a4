"""words.<language>.yaml: words that patients may not know, each with plainer ones."""

from pydantic import Field

from handouts.schema.base import Boolean, Schema, Text


class WordGroup(Schema):
    """Words from one source, each with plainer ones to use instead."""

    source: Text = Field(description="Who recommends the plainer words.")
    medical: Boolean = Field(
        default=False, description="Words of the profession: reported unless the handout explains them."
    )
    words: dict[Text, Text] = Field({}, description="Each word or phrase, with the plainer words.")


class WordFile(Schema):
    """Words of one language; the list of a project comes before the list of the tool."""

    groups: tuple[WordGroup, ...] = ()
    allowed: tuple[Text, ...] = Field((), description="Words of the tool's own list that are not reported.")
