"""Checks of laid-out pages: required texts, overflow, line breaks, fonts, pictures."""
