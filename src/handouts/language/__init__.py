"""Facts about written language: tags, writing direction, and amounts that must not be broken."""
