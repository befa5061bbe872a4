"""Check: what an editor, a librarian and a compliance officer would catch, as problems with places and hints."""
