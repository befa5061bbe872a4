"""What every process that runs the command has loaded, when it is forked from the one that has it ready."""

import importlib
import pkgutil

import handouts
from handouts.pdf.layout.renderer import load_engine

load_engine()
for module in pkgutil.walk_packages(handouts.__path__, "handouts."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
