"""Load YAML files with the places of all values, and validate them against the schemas."""
