"""The provenance of files: digests, build keys, print codes, and the statement in each file."""
