"""Write the shipped drawings and icons: `scripts/drawings [FOLDER]`, into this project or another one."""

import sys
from pathlib import Path

from bones import draw_test_sites
from exercises import (
    draw_heel_to_toe,
    draw_leaning,
    draw_lowering,
    draw_one_foot,
    draw_side_step,
    draw_sitting,
    draw_standing,
    draw_walking,
)
from food import draw_calcium_foods
from home import draw_safe_home
from icons import draw_icons
from medicine import draw_getting_up, draw_glass, draw_half_hour, draw_not_lying
from spine import draw_steps, draw_vertebrae

ROOT = Path(__file__).parents[2]


def main(project: Path) -> None:
    """Write each drawing beside its handout, and the icons beside the style sheets."""
    files = {
        "content/handouts/spinal-fracture/vertebrae.svg": draw_vertebrae(),
        "content/handouts/spinal-fracture/balloon-steps.svg": draw_steps(),
        "content/handouts/alendronate/get-up.svg": draw_getting_up(),
        "content/handouts/alendronate/full-glass.svg": draw_glass(),
        "content/handouts/alendronate/half-hour.svg": draw_half_hour(),
        "content/handouts/alendronate/not-lying.svg": draw_not_lying(),
        "content/handouts/bone-density-test/hip-and-spine.svg": draw_test_sites(),
        "content/handouts/bone-exercises/chair-rise-1.svg": draw_sitting(),
        "content/handouts/bone-exercises/chair-rise-2.svg": draw_leaning(),
        "content/handouts/bone-exercises/chair-rise-3.svg": draw_standing(),
        "content/handouts/bone-exercises/chair-rise-4.svg": draw_lowering(),
        "content/handouts/bone-exercises/heel-to-toe.svg": draw_heel_to_toe(),
        "content/handouts/bone-exercises/one-foot.svg": draw_one_foot(),
        "content/handouts/bone-exercises/side-step.svg": draw_side_step(),
        "content/handouts/bone-exercises/walk.svg": draw_walking(),
        "content/handouts/bone-food/calcium-foods.svg": draw_calcium_foods(),
        "content/handouts/falls-at-home/safe-home.svg": draw_safe_home(),
        **{f"styles/images/icons/{name}": icon for name, icon in draw_icons().items()},
    }
    for name, drawing in files.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT)
