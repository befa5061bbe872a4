"""The rules of `handouts check` that look at content, one subject a module."""
