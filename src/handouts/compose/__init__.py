"""Composes a numbered selection, a practice and an edition into one HTML document with its style sheets."""
