"""References from other programs, into the list of a project."""
