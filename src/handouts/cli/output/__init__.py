"""What commands show: problems, progress, summaries and reports."""
