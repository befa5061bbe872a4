"""Markdown in Pandoc's conventions: parsing, places, and checks of what an author wrote."""
