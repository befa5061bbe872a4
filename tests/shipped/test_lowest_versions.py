"""Dependencies: the lowest versions that pyproject.toml allows build all handouts, and `doctor` knows the bounds."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from handouts.schema.report import BuildReport
from support.builds import LAKESIDE
from support.command import run_anew
from support.shipped import ROOT
from support.wheels import install

PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NEEDED: Final = [Requirement(written) for written in PROJECT["dependencies"]]
# Modules that a build does not use are imported, a page is drawn as the front desk does, and `doctor` is run.
OTHER_PARTS: Final = """
import importlib, pkgutil, sys
from pathlib import Path
import handouts
for module in pkgutil.walk_packages(handouts.__path__, "handouts."):
    if module.name not in {"handouts.__main__", "handouts.workers.cluster"}:
        importlib.import_module(module.name)
import pypdfium2
page = pypdfium2.PdfDocument(Path(sys.argv[1]).read_bytes())[0]
assert page.render(scale=0.2).to_pil().size[0] > 50
from handouts.cli.main import main
sys.argv = ["handouts", "doctor"]
main()
"""


def lowest(requirement: Requirement) -> str:
    """Return the lowest version that a requirement allows."""
    (version,) = [one.version for one in requirement.specifier if one.operator == ">="]
    return version


def test_a_stranger_installs_the_wheel_and_the_lowest_versions_build_each_kind_of_file(
    wheel: Path, tmp_path: Path
) -> None:
    constraints = tmp_path / "lowest.txt"
    constraints.write_text("".join(f"{one.name}=={lowest(one)}\n" for one in NEEDED))
    scripts = install(wheel, tmp_path / "venv", constraints)
    subprocess.run([scripts / "handouts", "init", "demo"], check=True, cwd=tmp_path, capture_output=True)
    project = tmp_path / "demo"
    formats = [word for name in ("trifold", "html", "text") for word in ("-f", name)]
    chosen = ("spinal-fracture", "-l", "en", "-s", "leaflet", "-p", LAKESIDE)
    command = [str(scripts / "handouts"), "build", *chosen, *formats, "--json", "-j", "1"]
    built = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    report = BuildReport.model_validate_json(built.stdout)
    assert (report.totals.built, report.totals.failed) == (3, 0)
    (text,) = (project / "output").glob("*/*.txt")
    assert "<" not in text.read_text(encoding="utf-8")
    (pdf,) = (project / "output").glob("*/*.pdf")
    others = [str(scripts / "python"), "-W", "error", "-c", OTHER_PARTS, str(pdf)]
    doctor = subprocess.run(others, cwd=project, capture_output=True, text=True, check=False)
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert "Python packages: all in versions that handouts works with" in doctor.stdout


def pretend(folder: Path, name: str, version: str) -> None:
    """Make a package look as if it were of a version, to what finds packages in a folder."""
    about = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")


def test_doctor_names_packages_of_other_versions(tmp_path: Path) -> None:
    others = [
        ("markdown-it-py", "4.2.0", ">=4.3"),
        ("tinyhtml5", "3.0", "<3,>=2.1"),
        ("distributed", "2025.1", ">=2026.3"),
    ]
    for name, version, _ in others:
        pretend(tmp_path / "packages", name, version)
    ran = run_anew(tmp_path, "doctor", PYTHONPATH=str(tmp_path / "packages"))
    assert ran.code == 1
    for name, version, bounds in others:
        assert f"missing  {name} {version}: handouts needs {bounds}\n" in ran.out
        assert f'pip install "{name}{bounds}"' in ran.err


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def test_each_package_that_is_imported_is_declared() -> None:
    modules = {name for path in (ROOT / "src").rglob("*.py") for name in imported(path)}
    packages = packages_distributions()
    found = {canonicalize_name(name) for module in modules for name in packages.get(module, ())} - {"handouts"}
    assert {"pydyf", "weasyprint"} <= found
    # These come with Flask, Jinja and pydantic, each in a version that fits.
    come_along = {"werkzeug", "markupsafe", "pydantic-core"}
    extra = {Requirement(one).name for names in PROJECT["optional-dependencies"].values() for one in names}
    declared = {canonicalize_name(one.name) for one in NEEDED}
    assert found - declared - extra == come_along


# The top of the repository

KNOWN: Final = frozenset(
    {
        *(".ci", ".dockerignore", ".gitignore", "CHANGELOG.md", "Dockerfile", "README.md", "action.yml", "benchmarks"),
        *("ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"),
        *(
            "constraints.txt",
            "content",
            "docs",
            "handouts.yaml",
            "output",
            "pyproject.toml",
            "requirements.lock",
            "scripts",
            "src",
        ),
        *("styles", "templates", "tests"),
    }
)


def test_nothing_unknown_stands_at_the_top_of_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {name.partition("/")[0] for name in listed.splitlines()} - KNOWN == set()
