"""PDF: layout by WeasyPrint, checks of finished pages, tags, and files for the press."""
