"""Publishing: a static site of all released handouts, and folders of PDFs for OpenEMR."""
