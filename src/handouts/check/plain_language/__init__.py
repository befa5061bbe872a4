"""Plain language: reading grades, long sentences and words, jargon, abbreviations and voice."""
