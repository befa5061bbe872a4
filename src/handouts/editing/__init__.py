"""Changes to the files of a project, made by programs: comments are kept, and only what validates is written."""
