"""Reads the files of a project into a Library, with every problem in them."""
