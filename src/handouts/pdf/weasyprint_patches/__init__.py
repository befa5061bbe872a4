"""Replaced parts of WeasyPrint: results that are computed once and used again."""
