"""New projects, handouts and practices, copied from files to be filled in."""
