"""Whether a sentence is about a dose: letters such as HS and MS count as notations of doses only there."""

import re
from typing import Final

# Units and forms of medicine, as they follow a number.
UNITS: Final = (
    r"mg|mcg|\u00b5g|\u03bcg|ug|g|mL|ml|ML|L|cc|units?|IU|U|mEq|mmol|tablets?|tabs?|pills?|capsules?|caps|caplets?|"
    r"drops?|gtts?|puffs?|sprays?|lozenges?|patch(?:es)?|doses?|vials?|injections?|shots?|suppositor(?:y|ies)|"
    r"teaspoon(?:ful)?s?|tablespoon(?:ful)?s?|tsp|tbsp|milligrams?|micrograms?|grams?|milliliters?|millilitres?"
)
_AMOUNT: Final = re.compile(rf"(?<![\w.])[\d.,\u00bc-\u00be/]{{1,12}}[\s-]?(?:{UNITS})\b")
_VERB: Final = re.compile(
    r"\b(?:take|takes|taking|took|use|uses|using|inject\w*|inhal\w*|appl(?:y|ies|ying)|give|giving|swallow\w*|chew\w*|"
    r"dose|doses|dosage|dosing|prescri\w+)\b",
    re.IGNORECASE,
)
_MEDICINE: Final = re.compile(
    r"\b(?:medicines?|medications?|drugs?|pills?|tablets?|capsules?|drops|insulin|syrup|inhaler|shots?|injections?|"
    r"creams?|ointments?|lotions?|gels?|antibiotics?|pain ?killers?|puffs?|sprays?|patch(?:es)?)\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?][\"')\]]*\s+(?=[A-Z])")

_FAR: Final = 300  # characters


def is_about_dose(text: str, position: int) -> bool:
    """Return whether the sentence at a position has an amount, a medicine, or a verb such as "take"."""
    sentence = find_sentence(text, position)
    return bool(_AMOUNT.search(sentence) or _VERB.search(sentence) or _MEDICINE.search(sentence))


def is_about_medicine(text: str, position: int) -> bool:
    """Return whether the sentence at a position has a medicine or a verb such as "take", besides any amount."""
    sentence = find_sentence(text, position)
    return bool(_VERB.search(sentence) or _MEDICINE.search(sentence))


def find_sentence(text: str, position: int) -> str:
    """Return the sentence at a position; of a very long one, only what is near."""
    start, end = max(0, position - _FAR), min(len(text), position + _FAR)
    for stop in _SENTENCE_END.finditer(text, start, end):
        if stop.end() <= position:
            start = stop.end()
        elif stop.start() >= position:
            end = stop.end()
            break
    return text[start:end]
