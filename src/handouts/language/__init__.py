"""Written language: tags, writing direction, and amounts that have to stay on one line."""
