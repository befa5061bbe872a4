"""Compose: a numbered selection, a practice and an edition to one HTML document and its style sheets."""
