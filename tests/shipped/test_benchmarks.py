"""Benchmarks: what they name as text exists. Their imports are checked with all others, and they run by hand only."""

import importlib
import runpy
from functools import reduce

from support.shipped import ROOT


def test_the_stages_of_a_print_that_are_measured_exist() -> None:
    stages = runpy.run_path(str(ROOT / "benchmarks" / "new_choices.py"))["STAGES"]
    assert stages
    for module, name in stages.values():
        assert callable(reduce(getattr, name.split("."), importlib.import_module(module)))
