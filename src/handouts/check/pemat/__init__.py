"""The PEMAT-P and CDC Clear Communication Index sheets, filled in as far as a machine can."""
