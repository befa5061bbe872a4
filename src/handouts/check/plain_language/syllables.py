"""The number of syllables of an English word.

Rules with few exceptions, since a pronouncing dictionary takes 3.7 MB and most of a second to load. CMUdict is the
oracle: it has the same number for 99 in 100 words of health texts for patients, and for 98 in 100 of those that Dale
and Chall list as easy.
"""

import re
from functools import lru_cache
from typing import Final

_EXCEPTIONS: Final = {
    word: count
    for count, words in {
        1: "aches drawer friend friends guide guides plaque",
        2: "aspirin baseline being beyond billion business carriage chocolate cruel cushion diet doctor dying "
        "evening fashion fluids fuel giant guidelines headaches herpes household hundred junior layer layers "
        "lifelong lifestyle liquid lying marriage maybe million onion people platelet platelets poem quiet rhythm "
        "sacred safety science someone something sometimes spasms techniques therefore tired trying wednesday "
        "wicked",
        3: "acquired aorta aortic apnea area areas behavior beverages carriers cereal cereals cornea different "
        "dysplasia earlier easier entire everyone everything familial idea ideas interested interesting medicine "
        "nausea nuclear pancreas pneumonia policeman reaction reactions theater tiredness trachea vegetable "
        "vegetables",
        4: "anaesthesia anesthesia behavioral cutaneous diabetes diarrhea duodenum everybody hyperplasia "
        "laboratories laboratory laryngeal mechanisms scientific",
        5: "coordination intraocular peritoneal pituitary radioactive",
        6: "gastrointestinal osteoarthritis",
        7: "cardiomyopathy",
    }.items()
    for word in words.lower().split()
}
# Endings that may follow a silent e: state-ment, safe-ly, some-thing.
_ENDING: Final = re.compile(
    r"(?:(?<=ic)ally|(?<=[a-z]{3})(?:ly|ness|ments?|less|ful|hood|ship|wards?|thing|where|time|body|sel(?:f|ves)|work|side|some|land"
    r"|how|one))$"
)
_TWO_SYLLABLES: Final = frozenset(["body"])
_SILENT: Final = re.compile(
    r"(?:(?<![^aeiouy]l)(?<=[^aeiouy])e|(?<=[gu])ue|(?<=[^ytdl])ed|(?<=[aeiouyl]l)ed"
    r"|(?<![cs]h)(?<=[^aeiouysxzcgl])es|(?<=[aeiouy]l)es)$"
)
_VOWELS: Final = re.compile(r"[aeiouy]+")
# Neighboring vowels that belong to two syllables: di-et, me-di-um, ne-on.
_APART: Final = re.compile(
    r"(?<![tscg])i(?:o(?!us)|a(?!ge))(?!u)|(?<=[tscg])ia(?!l|n)|(?<=[tscg])io(?!n|us)|(?<=[^tscgx])ious|iu"
    r"|eo(?!u|pl|ns?$)|[^q]ui(?=t[iy]|d$|n[eg])|(?<![qg])ua(?!r[ad]|y)|(?<=[aeiouy])ing|cre(?=at)|(?<=[^aeiouy])ie(?=t)"
    r"|(?<=r)ie(?=n)|uou|yi|ya(?=l)"
)
_LONGEST: Final = 60  # letters


@lru_cache(maxsize=50_000)
def count_syllables(word: str) -> int:
    """Return the number of syllables of a word in small letters a to z, at least 1; only its first 60 letters count."""
    exception = _EXCEPTIONS.get(word)
    if exception:
        return exception
    stem, count = word[:_LONGEST], 0
    while ending := _ENDING.search(stem):
        count += 2 if ending.group() in _TWO_SYLLABLES else 1
        stem = stem[: ending.start()]
    count += stem.endswith("sm")
    spoken = _SILENT.sub("", stem)
    if not _VOWELS.search(spoken):
        spoken = stem
    return max(1, count + len(_VOWELS.findall(spoken)) + len(_APART.findall(spoken)))
