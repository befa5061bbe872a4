"""Plain language of English texts."""
