"""Picture and font files: checked whole before they are used, and pictures decoded once, within limits."""
