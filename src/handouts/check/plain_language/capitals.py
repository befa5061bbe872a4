"""Words in capitals: which are abbreviations, and which only shout."""

import re
from typing import Final

# Words that are put in capitals to press a point; longer words in capitals are no abbreviations either.
_STRESSED: Final = frozenset(
    re.findall(
        r"\S+",
        """
    ADVICE AFTER ALL ALWAYS AND ANY ARE ASK ATTENTION AVOID BEFORE CALL CANNOT CAUTION CHECK DANGER DO DONT DURING
    EACH EVER EVERY FIRST FOR GET GO HELP HOW IF IN IS IT KEEP LOOK MAY MORE MOST MUST MY NEED NEVER NEW NO NOT NOTE
    NOW OF OFF ON ONCE ONLY OR OUR OUT OVER PAIN PLEASE READ RISK RISKS SAFE SEE STOP TAKE TELL THAT THE THEN THIS
    TO UNTIL UP USE VERY WAIT WARN WARNING WHAT WHEN WHERE WHO WHY WILL WITH YES YOU YOUR
    """,
    )
)
_LONGEST_ABBREVIATION: Final = 5
_ROMAN: Final = re.compile(r"(?!IV$)(?:X{0,3})(?:IX|IV|V?I{0,3})")
_PARTS: Final = re.compile(r"[A-Z0-9]+")
_PLURAL: Final = re.compile(r"([A-Z]{2,})s")
_CAPITALS: Final = re.compile(r"[A-Z][A-Z0-9'\u2019&/.-]*[A-Z0-9]")


def in_capitals(plain: str) -> bool:
    """Tell whether a word of two letters or more is in capitals."""
    return plain[:1].isupper() and bool(_CAPITALS.fullmatch(plain))


def abbreviation(plain: str) -> str:
    """Give the abbreviation that a word without signs around it is, without the s of its plural; "" for other words."""
    plural = _PLURAL.fullmatch(plain)
    short = plural[1] if plural else plain if in_capitals(plain) else ""
    # With digits it is a vertebra, a vitamin or a postcode.
    return "" if not short.isalpha() or is_stressed(plain) or _ROMAN.fullmatch(short) else short


def is_stressed(plain: str) -> bool:
    """Tell whether a word in capitals is no abbreviation."""
    if not in_capitals(plain):
        return False
    letters = plain.replace("'", "").replace("\u2019", "")
    longest = max(map(len, _PARTS.findall(letters)))
    return letters in _STRESSED or (longest > _LONGEST_ABBREVIATION and letters.replace("-", "").isalpha())
