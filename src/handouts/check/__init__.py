"""Check: what a careful editor, a librarian and a compliance officer would find in the content."""
