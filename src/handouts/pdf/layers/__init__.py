"""Bodies and slots as parts of PDF files, written once and put together for each print."""
