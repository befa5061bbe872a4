"""PEMAT-P and the CDC Clear Communication Index for a handout, answered as far as a program can judge."""
