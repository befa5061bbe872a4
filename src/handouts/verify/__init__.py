"""Verifies whether a file or printed handout is still what the project would print today."""
