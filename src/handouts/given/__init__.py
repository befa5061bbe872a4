"""Records that a handout was given: a line for the chart, and a FHIR bundle."""
