"""Notations of doses that are known to be misread."""
