"""Builds a request: from its plan to the files in the output folder."""
