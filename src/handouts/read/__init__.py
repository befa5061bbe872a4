"""Read the files of a project to a Library, with every problem in them."""
