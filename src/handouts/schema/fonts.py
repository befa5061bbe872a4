"""The files of a font: a part of practice.yaml and handouts.yaml."""

from handouts.schema.base import Schema, Unprinted


class Font(Schema):
    """The files of a font: TrueType or OpenType."""

    regular: Unprinted
    bold: Unprinted
    italic: Unprinted | None = None
