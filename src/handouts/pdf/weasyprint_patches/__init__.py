"""Patches that make WeasyPrint reuse results instead of computing them again."""
