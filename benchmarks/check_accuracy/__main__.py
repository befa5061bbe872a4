"""How right `handouts check` is about words: precision and recall by rule.

Run: .venv/bin/python benchmarks/check_accuracy
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from support.probes import find_codes, list_misses, read_probes, score_codes


def main() -> None:
    """Measure and print."""
    probes = read_probes()
    found = find_codes([probe.sentence for probe in probes])
    scores = score_codes((probe.codes, codes) for probe, codes in zip(probes, found, strict=True))
    print(f"{len(probes)} probes")
    for code, score in scores.items():
        print(
            f"  {code:24} precision {score.precision:5.1f}, recall {score.recall:5.1f}"
            f"  (right {score.right}, wrong {score.wrong}, missed {score.missed})"
        )
    print(*list_misses(probes, found), sep="\n")


if __name__ == "__main__":
    main()
