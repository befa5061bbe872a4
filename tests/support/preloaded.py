"""What every process that runs the command has loaded, when it is forked from the one that has it ready."""

import gc
import importlib
import pkgutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import filelock  # noqa: F401 - builds and checks import these when they run
import phonenumbers  # noqa: F401 - likewise

import handouts
from handouts.pdf.layout.renderer import load_engine
from handouts.provenance.versions import read_engine_versions
from handouts.system.garbage_collection import collect_garbage_rarely
from support.composed import composed_as
from support.projects import small_project

collect_garbage_rarely()
load_engine()
read_engine_versions()
for module in pkgutil.walk_packages(handouts.__path__, "handouts."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)

# Patterns and shapes are compiled when they are first used. No page is laid out: Pango may start threads, which
# processes that are forked do not have. No web page is written: few of them write one, and its fonts take longer to
# reduce than all else.
with TemporaryDirectory() as folder, suppress(AssertionError):  # what is wrong with it is for the tests to say
    project = small_project(Path(folder))
    for name in ("handout", "large-print", "text"):
        composed_as(project, name)

# What is loaded stays loaded: no process that is forked looks through it for garbage.
gc.collect()
gc.freeze()
