"""Verify: whether a printed handout or file is still what the project would print today."""
