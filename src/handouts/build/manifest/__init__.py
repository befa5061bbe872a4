"""The manifest of an output folder: read, kept up to date, merged and pruned."""
