"""All exceptions have one root, and the tree in its module's docstring is theirs."""

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator

import handouts
from handouts.problems import exceptions
from handouts.problems.exceptions import HandoutsError


def subclasses(root: type[Exception], depth: int = 1) -> Iterator[tuple[int, str, str]]:
    for one in sorted(root.__subclasses__(), key=lambda cls: cls.__name__):
        if one.__module__.startswith("handouts.") and not one.__name__.startswith("_"):
            yield depth, one.__name__, one.__module__.removeprefix("handouts.")
            yield from subclasses(one, depth + 1)


def import_all() -> None:
    for module in pkgutil.walk_packages(handouts.__path__, "handouts."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_the_docstring_shows_the_tree_of_exceptions() -> None:
    import_all()
    shown = re.findall(r"^( *)([A-Z]\w+) +([a-z][\w.]+)$", exceptions.__doc__ or "", re.MULTILINE)
    tree = list(subclasses(HandoutsError))
    expected = "\n".join(f"{'    ' * (depth + 1)}{name:<{36 - 4 * depth}}{module}" for depth, name, module in tree)
    assert [(len(indent) // 4 - 1, name, module) for indent, name, module in shown] == tree, f"write:\n{expected}"


def test_all_exceptions_have_the_root() -> None:
    import_all()
    found = {
        f"{module.__name__}.{name}"
        for module in list(sys.modules.values())
        if module.__name__.startswith("handouts.")
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Exception) and value.__module__.startswith("handouts.")
        if not issubclass(value, HandoutsError)
    }
    assert found == set()
