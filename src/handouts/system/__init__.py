"""What the tool does with the machine: files written whole, digests, caches, core dumps."""
