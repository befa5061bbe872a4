"""The structure tree of a tagged PDF, made from the HTML."""
