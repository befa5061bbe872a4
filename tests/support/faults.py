"""Projects with planted faults: ⟦code⟧ stands where a finding of that code has to be, and is taken out when written.

⟦code:line⟧ stands for a finding of a whole line, ⟦code:file⟧ for one of a whole file.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from handouts.problems.problem import Place

_MARK: Final = re.compile(r"⟦([a-z-]+)(?::(line|file))?⟧")

Finding = tuple[str, str]


def plant(folder: Path, files: Mapping[str, str]) -> list[Finding]:
    """Write files into a folder; give code and place of each fault in them, sorted."""
    planted: list[Finding] = []
    for name, marked in files.items():
        text = ""
        rest = marked
        while found := _MARK.search(rest):
            text += rest[: found.start()]
            rest = rest[found.end() :]
            line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
            kind = found[2]
            place = Place(name, 0 if kind == "file" else line, 0 if kind else column)
            planted.append((found[1], str(place)))
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + rest, encoding="utf-8")
    return sorted(planted)


SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10z"/></svg>\n'
FRONT: Final = """\
title: {title}
code: HO-1
version: "1.0"
published: 2026-01-10
review_due: 2028-01-10
status: approved
reviewed_by: Spine team
audience: For people with back pain
main_message: Most back pain goes away in a few weeks.
disclaimer: This does not take the place of a talk with your doctor.
"""
PRACTICE: Final = """\
name: Harbor Clinic
country: GB
logo: logo.svg
colors:
  brand: "#0b3a4f"
  accent: "#a8381f"
address:
  - 1 Harbor Street
phones:
  - {label: Front desk, number: 01632 960000}
emergency:
  number: "999"
  text: Call 999 if a life is in danger.
hours:
  - {days: Monday to Friday, hours: 9 to 5}
when_to_call:
  - Your pain gets worse.
website: https://harbor.example.org
"""


def handout(title: str, body: str, **changed: str) -> str:
    """Write a handout with the usual front matter; a field is changed by its name, or added."""
    lines = FRONT.format(title=title).splitlines()
    for field, value in changed.items():
        at = next((n for n, line in enumerate(lines) if line.startswith(f"{field}:")), len(lines))
        lines[at : at + 1] = [f"{field}: {value}"]
    return "\n".join(["---", *lines, "---", "", body])


_DAY: Final = "Walk a bit each day.[@smith2020]\n"

# What the rules find in a project that can be read whole, as of 1 June 2026.
READABLE: Final[Mapping[str, str]] = {
    "handouts.yaml": """\
checks:
  source_years: 10
  severities:
    ⟦unknown-code⟧lone-lines: off
    ⟦fixed-severity⟧bad-date: off
""",
    "content/references.yaml": """\
references:
  - id: ⟦retracted-source⟧smith2020
    type: article-journal
    author: [{family: Smith, given: J}]
    title: Back pain in adults
    container-title: Spine
    issued: "2020"
    volume: "45"
    page: 12-18
    retraction: Spine. 2021;46(1):9
    DOI: 10.1000/182
  - id: ⟦unused-reference⟧lost2021
    type: book
    title: A lost book
    publisher: Harbor Press
    issued: "2021"
  - id: ⟦duplicate-reference⟧smith2020b
    type: article-journal
    title: Back pain in adults again
    container-title: ⟦unknown-journal⟧Journal of Planted Faults
    issued: "2020"
    DOI: https://doi.org/10.1000/182
  - id: ⟦incomplete-source⟧short2021
    type: book
    title: A book of nobody
    issued: "2021"
  - id: ⟦no-accessed-date⟧web2021
    type: webpage
    title: A page
    URL: https://health.example.org/page
  - id: old1990
    type: book
    title: An old book
    publisher: Harbor Press
    issued: ⟦old-source⟧"1990"
  - id: ⟦missing-reference⟧lost
    status: missing
""",
    "content/handouts/citations/en.md": handout(
        "Citations",
        """\
## Where do they stand? {#where}

Walk a bit each day ⟦citation-before-stop⟧[@smith2020]. These help:⟦citation-after-colon⟧[@old1990; @lost; @smith2020b]

- The ball is 10 cm⟦citation-after-number⟧[@short2021; @web2021] wide.
- It is red.

About ⟦uncited-figure⟧1 in 4 of us have it.
""",
    ),
    "content/handouts/dates/en.md": handout(
        "Dates", f"## What now? {{#now}}\n\n{_DAY}", review_due="⟦review-overdue⟧2026-05-31"
    ),
    "content/handouts/soon/en.md": handout(
        "Soon", f"## What now? {{#now}}\n\n{_DAY}", review_due="⟦review-soon⟧2026-08-30"
    ),
    "content/handouts/late/en.md": handout(
        "Late",
        f"## What now? {{#now}}\n\n{_DAY}",
        published="⟦published-in-future⟧2026-06-02",
        review_due="⟦review-interval⟧2029-06-10",
    ),
    "content/handouts/status/en.md": "⟦draft:line⟧⟦no-sources:line⟧"
    + handout("Status", "## What now? {#now}\n\nWalk a bit each day.\n", status="draft"),
    "content/handouts/treatment/en.md": handout(
        "Treatment",
        f"""\
⟦no-safety-block:line⟧## How can it help? {{#benefits}}

{_DAY}
## What can go wrong? {{#risks}}

You may be sore.
""",
        treatment="\n  ⟦treatment-incomplete⟧benefits: [benefits]\n  risks: [risks]\n  no_treatment: [risks]",
    ),
    "content/handouts/undeclared/en.md": handout(
        "Not said",
        f"""\
# Care {{#care}}

## How can it help? {{#benefits}}

{_DAY}
⟦treatment-undeclared:line⟧::: important {{#safety always-with="care"}}
There are risks: you may be sore.
:::
""",
    ),
    "content/handouts/access/en.md": handout(
        "Access",
        f"""\
## What do you see? {{#see}}

{_DAY}
⟦useless-description⟧![Image of](a.svg) and ⟦long-description⟧![{"A bone of the back. " * 20}](a.svg)

Please ⟦vague-link⟧[click here](https://health.example.org) now.

⟦empty-table-head⟧|  | What |
|-----|------|
| Day | Rest |
""",
    ),
    "content/handouts/hard/en.md": handout(
        "⟦hard-to-read⟧⟦long-sentences⟧Hard words",
        """\
⟦section-hard-to-read:line⟧## What is hard? {#hard}

⟦long-sentence⟧⟦person-first⟧Elderly patients regularly ⟦long-word⟧deteriorate over many decades, for their bodies get \
weak, their bones get thin, their doctors see them late, and nobody remembers anything about earlier illnesses. \
Regular activity every morning and evening, together with healthier nutrition and sufficient liquid, \
generally makes recovery of injured bodies considerably easier for nearly everybody willing to continue.[@smith2020]
""",
    ),
    "content/handouts/words/en.md": handout(
        "Words",
        f"""\
## Which words? {{#words}}

{_DAY}
We ⟦long-word⟧approximately know it. This is ⟦jargon⟧asymptomatic pain. It goes with ⟦undefined-abbreviation⟧DXA.

Do ⟦all-capitals⟧NOT STOP NOW. It is *⟦italics⟧good* for you.
""",
    ),
    "content/handouts/access/a.svg": SVG,
    "content/handouts/voice/en-us.md": "⟦odd-language:line⟧" + handout("Voice", f"## What now? {{#now}}\n\n{_DAY}"),
    "templates/labels.en-us.yaml": "⟦missing-labels:file⟧",
    "content/handouts/accepted/en.md": handout(
        "Accepted",
        f"""\
## What now? {{#now}}

{_DAY}
About 1 in 4 of us have it.
""",
        accepted="""
  - {code: uncited-figure, reason: The text has no source., words: of us}
  - {code: ⟦unused-acceptance⟧vague-link, reason: It is gone.}""",
    ),
    "content/handouts/blank/en.md": handout("⟦placeholder⟧Title of the handout", f"## What now? {{#now}}\n\n{_DAY}"),
    "content/practices/harbor/practice.yaml": PRACTICE.replace("01632 960000", "⟦bad-phone⟧01632 9600001234")
    .replace('"999"', '⟦wrong-emergency-number⟧"911"')
    .replace("9 to 5", "⟦odd-hours⟧9:00 am to 5:00 am")
    .replace('"#a8381f"', '⟦low-contrast⟧"#ff9944"')
    .replace("https://harbor", "⟦insecure-website⟧http://harbor")
    .replace("logo.svg", "⟦coarse-logo⟧logo.png"),
    "content/practices/nowhere/practice.yaml": PRACTICE.replace("GB", "⟦unknown-country⟧XX"),
    "content/practices/nowhere/logo.svg": SVG,
}
