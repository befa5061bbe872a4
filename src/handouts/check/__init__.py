"""Checks content and pages for what an editor, a librarian or a compliance officer would find."""
