"""Layout: HTML and style sheets to pages."""
