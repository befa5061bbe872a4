"""Make the pictures of docs/authors.md from its examples: `scripts/guide_pictures.py FOLDER`, from the repository."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.model.project import Project
from handouts.problems.problem import has_errors
from handouts.read.project import read_project
from support.examples import read_examples

FRONT = """\
---
title: Sprained ankle
code: AN-001
version: "0.1"
published: 2026-01-15
review_due: 2028-01-15
status: draft
audience: For people who have hurt an ankle
main_message: Most sprains heal in a few weeks.
disclaimer: This handout does not take the place of a talk with your doctor.
---

"""
SOURCE = """
  - {id: doe2020, type: book, title: The book of ankles, author: [{family: Doe, given: J}], publisher: P, issued: 2020}
"""
RESOLUTION, MARGIN, FOOTER = (
    110,
    16,
    0.92,
)  # dots per inch, pixels around the picture, share of the page above its footer


def main(folder: Path) -> None:
    """Build each example for a shipped practice, and save the page with its sections, without empty edges."""
    with tempfile.TemporaryDirectory() as name:
        project = Project(Path(name).resolve())
        shutil.copytree("content", project.content)
        shutil.copy("handouts.yaml", project.root)
        shutil.copytree("styles", project.root / "styles")
        with (project.root / "styles/handout.css").open("a", encoding="utf-8") as file:
            file.write(".first-page { break-after: page !important }\n")  # also of a short text
        with (project.content / "references.yaml").open("a", encoding="utf-8") as file:
            file.write(SOURCE)
        examples = read_examples(Path("docs/authors.md"))
        for example, text in examples.items():
            own = project.content / "handouts" / f"guide-{example}"
            own.mkdir()
            (own / "en.md").write_text(FRONT + text, encoding="utf-8")
            for drawing in Path("content/handouts").glob("*/*.svg"):
                if drawing.name in text:
                    shutil.copy(drawing, own)
        library = read_project(project).library
        if library is None:
            raise RuntimeError("the project of the examples cannot be read")
        pipeline = Pipeline(project, library.references)
        request = Request(("guide-*",), ("lakeside-spine-center",), formats=("handout",))
        for item in plan(library, request):
            made = pipeline.make_print(item)
            if has_errors(made.problems):
                raise RuntimeError(str(made.problems))
            _save_picture(made.content, folder / f"{item.selection.handout.id}.png")


def _save_picture(pdf: bytes, path: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name, "print.pdf")
        file.write_bytes(pdf)
        command = ["pdftoppm", "-png", "-singlefile", "-f", "2", "-r", str(RESOLUTION), file, file.with_suffix("")]
        subprocess.run(command, check=True)  # noqa: S603 - a file made here
        image = Image.open(file.with_suffix(".png")).convert("RGB")
        body = image.crop((0, 0, image.width, round(image.height * FOOTER)))
        box = ImageChops.invert(body).getbbox() or (0, 0, *body.size)
        left, top, right, bottom = box
        edges = (max(0, left - MARGIN), max(0, top - MARGIN), right + MARGIN, bottom + MARGIN)
        body.crop(edges).quantize(32).save(path, optimize=True)
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
