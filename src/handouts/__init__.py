"""Branded patient handouts from Markdown, with numbered references, as accessible PDFs."""

__version__ = "0.1.0"
