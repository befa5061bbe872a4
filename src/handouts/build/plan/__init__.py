"""The plan: which outputs a request means, and the file that each is written to."""
