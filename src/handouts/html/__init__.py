"""HTML: a composed document as one web page that needs no other file."""
