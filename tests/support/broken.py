"""A project whose files cannot be read as they are: one planted fault for each code of reading."""

from collections.abc import Mapping
from typing import Final

from support.faults import PRACTICE, SVG, handout

_TEXT: Final = "## What now? {#now}\n\nWalk a bit each day.[@smith2020]\n"


def _changed(title: str, **changed: str) -> str:
    return handout(title, _TEXT, **changed)


BROKEN: Final[Mapping[str, str]] = {
    "handouts.yaml": "language: en\n",
    "content/references.yaml": """\
references:
  - id: smith2020
    type: book
    title: The back
    publisher: Harbor Press
    issued: "2020"
  - id: ⟦incomplete-reference⟧a
    type: book
  - id: b
    type: book
    title: B
    DOI: ⟦bad-doi⟧11.1/x
  - id: c
    type: book
    title: C
    author:
      - ⟦bad-name⟧{given: Jane}
  - id: ⟦bad-reference-id⟧d e
    status: missing
""".replace("- id: ⟦incomplete-reference⟧a", "- ⟦incomplete-reference⟧id: a"),
    # Front matter and YAML
    "content/handouts/yaml-broken/en.md": _changed("Broken", audience='⟦bad-yaml⟧"For people'),
    "content/handouts/yaml-alias/en.md": _changed("Alias", audience="⟦yaml-alias⟧*people"),
    "content/handouts/yaml-twice/en.md": _changed("Twice", audience="A\n⟦duplicate-key⟧audience: B"),
    "content/handouts/fields/en.md": _changed(
        "Fields",
        code='⟦empty-field⟧""',
        published="⟦bad-date⟧2026-02-31",
        status="⟦unknown-value⟧aproved",
        main_message="⟦markup-in-text⟧See [@smith2020].",
        keyword="x",
        audience="⟦wrong-type⟧",
    )
    .replace("audience: ⟦wrong-type⟧", "⟦wrong-type⟧audience: [1]")
    .replace("keyword:", "⟦unknown-field⟧keyword:")
    .replace("---\ntitle: Fields", "---\n⟦missing-field⟧titel: Fields")
    .replace("⟦missing-field⟧titel:", "⟦missing-field⟧⟦unknown-field⟧titel:"),
    "content/handouts/dates/en.md": _changed("Dates", review_due="⟦review-before-publication⟧2026-01-09"),
    "content/handouts/nobody/en.md": _changed("Nobody", reviewed_by="").replace(
        "reviewed_by:", "⟦no-reviewer⟧reviewed_by:"
    ),
    "content/handouts/named/en.md": _changed("Named", selections="\n  short: [⟦unknown-section⟧nowhere]"),
    "content/handouts/no-front/en.md": "⟦no-front-matter:line⟧## What now? {#now}\n\nWalk.\n",
    "content/handouts/empty/en.md": "⟦empty-handout:line⟧",
    "content/handouts/Odd/en.md": "⟦bad-id:file⟧" + _changed("Odd"),
    "content/handouts/spoken/e_n.md": "⟦bad-language:file⟧" + _changed("Spoken"),
    # The text
    "content/handouts/outline/en.md": handout(
        "Outline",
        """\
⟦text-outside-section:line⟧Too early.

⟦empty-part:line⟧# Nothing {#nothing}

# Part {#part}

⟦empty-section:line⟧## Empty? {#empty}

⟦no-id:line⟧## No id?

Walk.

⟦duplicate-id:line⟧## Twice? {#part}

Walk.

⟦markup-in-heading:line⟧## *Loud* words? {#loud}

⟦heading-skipped:line⟧#### Too low

⟦list-start:line⟧3. Walk.

⟦citation-in-heading:line⟧## Cited?[@smith2020] {#cited}

> ⟦nested-heading:line⟧## Within a quote {#quoted}
""",
    ),
    "content/handouts/deep/en.md": handout(
        "Deep", "## How deep? {#deep}\n\n⟦nested-too-deeply:line⟧" + "> " * 25 + "Walk.\n"
    ),
    "content/handouts/blocks/en.md": handout(
        "Blocks",
        """\
## Blocks? {#blocks}

⟦unknown-block:line⟧::: notice
Walk.
:::

⟦empty-block:line⟧::: note
:::

⟦bad-attributes:line⟧::: figure {#a
![A bone](a.svg)
:::

⟦unknown-attribute:line⟧::: note {color="red"}
Walk.
:::

⟦bad-icon-array:line⟧::: icon-array {count=5 of=4}
5 of 4.
:::

⟦unknown-icon:line⟧::: icon-array {count=1 of=4 icon=fish}
1 of 4.
:::

⟦unknown-part:line⟧::: important {#safety always-with="nowhere"}
Walk.
:::

- ⟦nested-important:line⟧::: important {#inner}
  Walk.
  :::

⟦stray-colons:line⟧:::
Walk.
:::

⟦unclosed-block:line⟧::: note
Walk.
""",
    ),
    "content/handouts/blocks/a.svg": SVG,
    "content/handouts/marks/en.md": handout(
        "Marks",
        """\
## Marks? {#marks}

Walk.⟦bad-citation⟧[@smith2020, p. 3] Walk.⟦unknown-reference⟧[@smiht2020] Walk.⟦broken-reference⟧[@b]

Go [there⟦citation-in-link⟧[@smith2020]](https://health.example.org), [there](⟦bad-link⟧file.pdf) or \\
[there](⟦unknown-anchor⟧#nowhere).

Say ⟦bad-passage⟧[adiós]{lang=spanish-language}.

⟦citation-in-description⟧![A bone[@smith2020]](a.svg)

Walk.⟦unknown-note⟧[^none] Walk.[^twice] Walk.[^nested] Walk.[^void]

⟦unused-note:line⟧[^unused]: Walk.

[^twice]: Walk.

⟦duplicate-note:line⟧[^twice]: Walk.

[^nested]: Walk.⟦note-in-note⟧[^twice]

⟦empty-note:line⟧[^void]:
""",
    ),
    "content/handouts/marks/a.svg": SVG,
    "content/handouts/pictures/en.md": handout(
        "Pictures",
        """\
## Pictures? {#pictures}

⟦no-description⟧![](a.svg)

⟦missing-file⟧![A bone](b.svg)

⟦outside-project⟧![A bone](../../../../secret.svg)

⟦not-a-file⟧![A bone](https://health.example.org/a.svg)

⟦not-svg⟧![A bone](text.svg)

![A bone](unsafe.svg)

⟦not-a-picture⟧![A bone](text.png)

⟦picture-too-large⟧![A bone](wide.png)
""",
    ),
    "content/handouts/pictures/a.svg": SVG,
    "content/handouts/pictures/text.svg": "This is no drawing.",
    "content/handouts/pictures/text.png": "This is no picture.",
    "content/handouts/pictures/unsafe.svg": SVG.replace("<path", "⟦unsafe-svg⟧<script/><path"),
    "content/handouts/control/en.md": _changed("Control").replace("Walk", "W⟦control-character⟧\x07alk"),
    # Practices
    "content/practices/alpha/practice.yaml": PRACTICE.replace('"#0b3a4f"', "⟦bad-color⟧teal")
    .replace("GB", "⟦bad-country⟧Britain")
    .replace("https://harbor.example.org", "⟦bad-address⟧harbor"),
    "content/practices/alpha/logo.svg": SVG,
    "content/practices/bravo/practice.yaml": "extends: ⟦unknown-practice⟧nobody\n",
    "content/practices/charlie/practice.yaml": "extends: ⟦extends-loop⟧charlie\n",
    "content/practices/delta/practice.yaml": "extends: ⟦broken-practice⟧echo\n",
    "content/practices/echo/practice.yaml": "name: ⟦bad-yaml⟧]\n",
    "content/practices/foxtrot/practice.yaml": PRACTICE
    + """\
abstract: ⟦bad-boolean⟧yes
font: {regular: ⟦not-a-font⟧text.ttf, bold: ⟦not-a-font⟧text.ttf}
inserts:
  - {handout: ⟦unknown-handout⟧nothing, section: now, file: a.md}
  - {handout: well, section: now, file: b.md}
  - {handout: well, section: now, file: c.md}
""",
    "content/practices/foxtrot/logo.svg": SVG,
    "content/practices/foxtrot/text.ttf": "This is no font.",
    "content/practices/foxtrot/a.md": "Walk.\n",
    "content/practices/foxtrot/b.md": "⟦empty-insert:line⟧\n",
    "content/practices/foxtrot/c.md": """\
⟦heading-in-insert:line⟧## What now?

⟦important-in-insert:line⟧::: important {#safety}
Walk.
:::
""",
    "content/handouts/well/en.md": _changed("Well"),
}
