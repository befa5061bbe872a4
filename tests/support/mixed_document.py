"""A small document that has a bit of everything, finished for screen readers or as WeasyPrint alone writes it."""

import os
import subprocess
import sys
from typing import Final, Literal

import weasyprint

from handouts.model.document import Makeup
from handouts.model.imposition import impose
from handouts.pdf.finish.finish import VARIANT, finish
from handouts.pdf.layout.renderer import Pages, load_engine
from handouts.problems.collector import Problems

How = Literal["finish", "twice", "plain"]

DOT: Final = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

HTML: Final = f"""<!doctype html>
<html lang="en">
<title>Broken bones of the spine</title>
<style>
  @page {{ size: 148mm 105mm; margin: 15mm;
          @bottom-left {{ content: element(footer) }} @bottom-right {{ content: "Page " counter(page) }} }}
  body {{ margin: 0; font: 10pt/14pt "Atkinson Hyperlegible Next" }}
  footer {{ position: running(footer) }}
  img {{ height: 1em }}
  section {{ break-before: page }}
  .check {{ list-style-type: none }}
  .check > li::before {{ content: url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
<path d='M1 1h7v7h-7z' fill='none' stroke='black'/></svg>") }}
  .check ul {{ list-style-type: "\N{EN DASH} " }}
  .columns {{ columns: 2; orphans: 1; widows: 1 }}
  .draft {{ position: fixed; top: -10mm; right: 0 }}
  .faint {{ opacity: .8 }}
  .note {{ float: footnote }}
</style>
<header><img src="{DOT}" alt="Spine Clinic"><p>For people with a <strong>broken</strong> bone</p></header>
<p class="draft">Draft</p>
<footer>HO-1, version 2, <a href="https://example.org/footer">example.org</a></footer>
<main>
<h1>Broken bones</h1>
<p>They are common.<sup><a href="#r1" aria-label="Reference 1">1</a></sup> See
  <a href="https://example.org/">the <em>foundation</em></a> or
  <a href="#gone">nothing</a>.<span class="note">Said in 2020.</span> Then <span lang="es">adiós</span>.</p>
<h2>What you can do</h2>
<ul class="check"><li>Walk</li><li>Eat<ul><li>Fish</li></ul></li></ul>
<dl><dt><abbr title="bone mineral density">BMD</abbr></dt><dd>Density</dd><dt>DXA</dt><dd>A scan</dd></dl>
<aside>Call <strong>us</strong>. <span aria-hidden="true">\N{LOZENGE}</span></aside>
<section>
<figure><svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><title>Two bones</title>
  <rect width="20" height="20" opacity=".5"/></svg>
  <img src="{DOT}" alt=""><figcaption>Figure 1. Bones</figcaption></figure>
<p class="faint">Seen in <a href="#r2" title="Reference 2">2</a></p>
<p><span role="img" aria-label="2 of 3">
  <b>\N{BULLET}</b><b>\N{BULLET}</b><b>\N{BULLET OPERATOR}</b></span> people</p>
<figure><span aria-hidden="true">\N{BULLET}</span><figcaption>One person<sup>*</sup></figcaption></figure>
<div role="note"><span data-label>*</span> <p>Said in 2021.</p></div>
<div class="columns"><p>One<br>two<br>three<br>four</p></div>
</section>
<section>
<table><caption>Doses</caption>
<thead><tr><th>Day</th><th colspan="2">Dose</th></tr></thead>
<tbody>{"".join(f"<tr><th>{day}</th><td>{day} mg</td><td></td></tr>" for day in range(1, 15))}</tbody></table>
<h2>References</h2>
<ol><li id="r1">Silverman. <a href="#r1" aria-label="Back to the text">\N{DAGGER}</a></li>
<li id="r2">Kanis.</li></ol>
<ul class="check"><li><b data-label><a href="#r2" aria-label="Reference 2">2</a></b> Own number.</li></ul>
</section>
</main>
</html>
"""


def write(html: str, problems: Problems, *, how: How = "finish", language: str = "en-US") -> bytes:
    """Write a document: finished, finished after it was finished before, or as WeasyPrint alone does it."""
    load_engine()  # with the fonts of the repository
    document = weasyprint.HTML(string=html).render(pdf_variant=VARIANT)
    if how == "plain":
        plain: bytes = document.write_pdf(pdf_variant=VARIANT)
        return plain
    sizes = tuple((page.width, page.height) for page in document.pages)
    pages = Pages(document, ("",) * len(sizes), sizes, ())
    sides = impose(Makeup(), pages.names, sizes)
    if how == "twice":
        finish(pages, sides, Makeup(), Problems(), language=language)
    return finish(pages, sides, Makeup(), problems, language=language)


def write_elsewhere(html: str, how: How, seed: int) -> bytes:
    """Write a document in a process of its own, whose sets have another order."""
    environment = os.environ | {"PYTHONHASHSEED": str(seed), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", __name__, how]
    return subprocess.run(command, input=html.encode(), env=environment, stdout=subprocess.PIPE, check=True).stdout


def main() -> None:
    """Write the document on standard input to standard output."""
    (how,) = sys.argv[1:]
    sys.stdout.buffer.write(write(sys.stdin.read(), Problems(), how=how))  # type: ignore[arg-type] # one of `How`


if __name__ == "__main__":
    main()
