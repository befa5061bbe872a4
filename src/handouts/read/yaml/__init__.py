"""YAML with places, checked against the schemas."""
