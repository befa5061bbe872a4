"""The command line: commands, their options, and what is shown on a terminal."""
