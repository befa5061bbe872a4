"""Which sections of a handout are printed, and the numbers of its citations and notes."""
