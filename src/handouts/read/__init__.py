"""Read: the files of a project to a Library, and every problem in them in one go."""
