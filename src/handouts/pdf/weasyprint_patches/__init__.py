"""Patches of WeasyPrint: what makes it faster, and what it does not have."""
