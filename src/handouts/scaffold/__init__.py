"""New projects, handouts and practices, and copies of shipped templates and style sheets."""
