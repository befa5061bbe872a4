"""How long `handouts publish` takes, against building the web pages alone.

Run: .venv/bin/python benchmarks/publishing.py [PRACTICES] [HANDOUTS]. Each handout is the shipped one about going home,
in English and Spanish, under other ids; each practice is a shipped one with other numbers. Times are processor seconds
of all processes, so that other work on the machine makes little difference.
"""

import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PRACTICE = ROOT / "content" / "practices" / "lakeside-spine-center"
HANDOUT = ROOT / "content" / "handouts" / "going-home"
LANGUAGES = ("en", "es")
_SETTINGS = """\
language: en
signatures: optional
publish:
  base_url: https://handouts.lakeside-health.org/
"""
_APPROVED = {
    "status: draft": "status: approved\nreviewed_by: Spine surgeon",
    "{method: machine}": "{method: human, translator: Interpreters, reviewed_by: Interpreters}",
}


def make_project(root: Path, practices: int, handouts: int) -> None:
    """Write a project that may be released, with invented phone numbers."""
    (root / "templates").mkdir(parents=True)
    (root / "handouts.yaml").write_text(_SETTINGS, encoding="utf-8")
    labels = (ROOT / "templates" / "labels.es.yaml").read_text(encoding="utf-8")
    _write(root / "templates" / "labels.es.yaml", labels, _APPROVED)
    (root / "content").mkdir()
    shutil.copy(ROOT / "content" / "references.yaml", root / "content")
    for number in range(practices):
        folder = root / "content" / "practices" / f"practice-{number:03}"
        shutil.copytree(PRACTICE, folder)
        text = re.sub(r"(?ms)^inserts:.*?^(?=\S)", "", (PRACTICE / "practice.yaml").read_text(encoding="utf-8"))
        changes = {"555-01": f"{200 + number % 700}-71", "example.org": "nhs.uk", "Spine Center": f"Spine {number}"}
        _write(folder / "practice.yaml", text, _APPROVED | changes)
        shutil.rmtree(folder / "inserts")
    for number in range(handouts):
        folder = root / "content" / "handouts" / f"handout-{number:02}"
        folder.mkdir(parents=True)
        for path in HANDOUT.iterdir():
            if path.suffix != ".md":
                shutil.copy(path, folder)
            elif path.stem in LANGUAGES:
                text = re.sub("(?m)^code: .*", f"code: GH-{number}", path.read_text(encoding="utf-8"))
                _write(folder / path.name, text, _APPROVED)


def _write(path: Path, text: str, changes: Mapping[str, str]) -> None:
    for old, new in changes.items():
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def measure(root: Path, *arguments: str) -> float:
    """Run a command in the project; return its processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command: Sequence[str] = (sys.executable, "-m", "handouts", *arguments)
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    practices = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    handouts = int(sys.argv[2]) if len(sys.argv) > 2 else 20  # noqa: PLR2004 - the second argument
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "project"
        make_project(root, practices, handouts)
        print(f"{practices} practices, {handouts} handouts in {len(LANGUAGES)} languages", flush=True)
        built = measure(root, "build", "--release", "-f", "html", "-o", f"{name}/built/")
        print(f"{'building the web pages':32} {built:8.1f} s", flush=True)

        def publish(what: str, formats: str, folder: str) -> None:
            (root / "handouts.yaml").write_text(f"{_SETTINGS}{formats}", encoding="utf-8")
            seconds = measure(root, "publish", f"{name}/{folder}")
            print(f"{what:32} {seconds:8.1f} s  {seconds / built:.2f} times", flush=True)

        publish("publishing, web pages alone", "  formats: []\n", "pages")
        publish("publishing with two PDFs each", "", "site")
        publish("publishing again", "", "site")
        path = root / "content" / "practices" / "practice-000" / "practice.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("200-71", "201-71"), encoding="utf-8")
        publish("after a change of one phone", "", "site")


if __name__ == "__main__":
    main()
