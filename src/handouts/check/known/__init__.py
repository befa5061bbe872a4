"""What reading, composing, laying out and building tell of, in the words of `handouts check --explain`."""
