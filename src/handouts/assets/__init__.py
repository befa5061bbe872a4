"""Picture and font files: checked before they are used, and pictures decoded once, within limits."""
