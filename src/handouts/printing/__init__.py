"""Printing: a finished PDF sent to a printer over IPP, and what became of it."""
