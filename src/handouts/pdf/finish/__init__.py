"""The finished PDF: pages put on sides of sheets, metadata, outline and marks."""
