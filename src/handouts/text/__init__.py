"""Plain text of a composed document, for patient messages."""
