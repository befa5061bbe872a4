"""Worker processes: pools, time limits, and the workers of a cluster."""
