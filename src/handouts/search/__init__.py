"""The search over the handouts of a project: words, codes, typing errors and synonyms."""
