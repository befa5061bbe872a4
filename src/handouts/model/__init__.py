"""Values that travel between the stages: library, project, print options, composed document."""
