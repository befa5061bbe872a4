"""Values that the stages pass on: library, project, print options, composed document."""
