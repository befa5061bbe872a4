"""Output of commands: problems, progress, summaries and reports."""
