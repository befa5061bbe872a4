"""The rules of `handouts check`, by what they look at."""
