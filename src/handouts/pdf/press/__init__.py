"""Files for a print shop: PDF/X-4 in cyan, magenta, yellow and black."""
