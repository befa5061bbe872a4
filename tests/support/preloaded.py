"""What every process that runs the command has loaded, when it is forked from the one that has it ready."""

from handouts.pdf.layout.lay_out import load_engine

load_engine()
