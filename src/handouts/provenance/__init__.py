"""What a file was made from: digests, build keys, print codes, and the statement in the file."""
