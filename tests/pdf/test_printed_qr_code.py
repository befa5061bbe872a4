"""The QR code on the finished page can be scanned."""

import re
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from support.builds import PRACTICES
from support.shipped import ROOT


@pytest.mark.parametrize("practice", PRACTICES)
def test_the_printed_qr_code_leads_to_the_website(shipped_color: Path, tmp_path: Path, practice: str) -> None:
    pdf = shipped_color / practice / "spinal-fracture.en.handout.pdf"
    subprocess.run(["pdftoppm", "-r", "100", "-gray", pdf, tmp_path / "page"], check=True)
    read = {code.text for page in sorted(tmp_path.glob("*.pgm")) for code in zxingcpp.read_barcodes(Image.open(page))}
    written = (ROOT / f"content/practices/{practice}/practice.yaml").read_text(encoding="utf-8")
    assert read == {re.findall("website: (.*)", written)[0]}
