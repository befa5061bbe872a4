"""Write the shipped drawings and icons: `scripts/drawings [FOLDER]`, into this project or another one."""

import sys
from pathlib import Path

from icons import draw_icons
from spine import draw_steps, draw_vertebrae

ROOT = Path(__file__).parents[2]


def main(project: Path) -> None:
    """Write each drawing beside its handout, and the icons beside the style sheets."""
    files = {
        "content/handouts/spinal-fracture/vertebrae.svg": draw_vertebrae(),
        "content/handouts/spinal-fracture/balloon-steps.svg": draw_steps(),
        **{f"styles/images/icons/{name}": icon for name, icon in draw_icons().items()},
    }
    for name, drawing in files.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT)
