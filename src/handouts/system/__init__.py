"""Services of the machine: atomic file writes, digests, caches, garbage collection, core dumps."""
