"""HTML: a composed document as one web page in a single file."""
