"""Plain text: the words of a composed document, for patient messages."""
