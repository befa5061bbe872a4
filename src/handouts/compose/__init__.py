"""Compose: a numbered selection, a practice and print options to one HTML document and its style sheets."""
