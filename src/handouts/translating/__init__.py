"""Translations of handouts: cut into units, as XLIFF and PO files, with the state of each unit."""
