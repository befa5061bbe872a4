"""Written language: tags, writing direction, and amounts that must stay on one line."""
