"""Wording of English texts: words about people, tone, risks, style, and dates and measures."""
