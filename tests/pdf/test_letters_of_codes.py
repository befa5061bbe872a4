"""Print codes are set letter by letter, in the glyphs of a sample."""

from itertools import pairwise, product

import pytest

from handouts.pdf.layers.letters import CANONICAL, find_code, make_sample, read_letters, replace_code
from handouts.schema.print_code import ALPHABET, make_code_from_digest

WIDTHS = dict.fromkeys(range(100), 500.0)


def show(text: str) -> bytes:
    """Write a text as the engine does, with a correction behind each glyph."""
    return f"[{''.join(f'<{ord(letter):04x}>{ord(letter) % 7}' for letter in text)}] TJ".encode()


def test_a_sample_has_each_pair_of_letters() -> None:
    letters = f"{ALPHABET}-"

    assert set(pairwise(make_sample())) == set(product(letters, letters))


def test_a_code_is_shown_as_the_sample_is() -> None:
    sample = make_sample()
    letters = read_letters(sample, [b"BT", show(sample), b"ET"], WIDTHS)

    code = make_code_from_digest(b"any digest")

    assert letters is not None
    assert letters.write(code) == show(code[:-1]).removesuffix(b"] TJ") + f"<{ord(code[-1]):04x}>0] TJ".encode()
    assert letters.measure(code) == 500 * len(code) - sum(ord(letter) % 7 for letter in code[:-1])


@pytest.mark.parametrize(
    "content",
    [
        [],
        [show("AB"), show("AB")],  # in two parts
        [b"[<00410042>0<0043>0] TJ"],  # a glyph for two letters
        [b"[<0041>0<0099>0<0042>0] TJ"],  # the second A looks different
        [b"[<0041>0<0041>0(B)] TJ"],
    ],
)
def test_text_that_is_not_shown_letter_by_letter_is_no_sample(content: list[bytes]) -> None:
    assert read_letters("AAB", content, WIDTHS) is None


@pytest.mark.parametrize("slot", ["", "7KQ-2M4-XEN", '<span class="code">a note</span>', "<span>7KQ-2M4-XEN</span>"])
def test_only_a_code_alone_is_a_code(slot: str) -> None:
    alone = '<span class="code">7KQ-2M4-XEN</span>'

    assert find_code([alone, alone]) == "7KQ-2M4-XEN"
    assert find_code([alone, slot]) is None
    assert replace_code(alone, CANONICAL) == f'<span class="code">{CANONICAL}</span>'
