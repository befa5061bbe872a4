"""Tone: words that blame or pity, and words that frighten."""

from typing import Final

from handouts.check.patterns import make_phrase
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_CDC: Final = (
    "CDC, Health Equity Guiding Principles, Preferred Terms, "
    "https://www.cdc.gov/health-communication/php/toolkit/preferred-terms.html"
)
_NIDA: Final = (
    "NIDA, Words Matter, https://nida.nih.gov/nidamed-medical-health-professionals/health-professions-education/"
    "words-matter-terms-to-use-avoid-when-talking-about-addiction"
)
_LOADED_WORD: Final = Rule(
    code="loaded-word",
    severity=Severity.WARNING,
    title="a word blames or pities people",
    why="Most people live with a condition; they do not suffer from it all day, and nobody fails a treatment. Words "
    "of blame keep people from asking for help.",
    source=f"{_CDC}; {_NIDA}; NIH Style Guide, https://www.nih.gov/nih-style-guide",
    message='"{found}" blames or pities people',
    hint="say: {instead}",
)
_FEAR_WORD: Final = Rule(
    code="fear-word",
    severity=Severity.WARNING,
    title="a word frightens",
    why="Frightened readers stop reading, or do not come. Say what can happen, how likely it is, and what to do.",
    source="CDC Clear Communication Index, items 18 and 20: the nature of a risk and its probability, "
    "https://www.cdc.gov/ccindex/; by design of handouts: no words that only frighten",
    message='"{found}" frightens',
    hint="say what can happen and how likely it is, and what the reader can do",
)
RULES: Final = (_LOADED_WORD, _FEAR_WORD)

_DISEASES: Final = r"stroke|cancer|burn|accident|heart attack|aids|polio|asthma|trauma|fracture|arthritis|dementia"
PATTERNS: Final = (
    make_phrase(
        _LOADED_WORD,
        r"suffer(?:s|ed|ing)? (?:\w+ )?from|suffer(?:s|ed)? (?:an? )?(?:strokes?|heart attacks?|seizures?)|sufferers?",
        "has, have",
        "suffer suffers suffered suffering sufferer sufferers",
    ),
    make_phrase(
        _LOADED_WORD,
        r"afflicted (?:with|by)|stricken with|crippled|cripples?",
        "has, have",
        "afflicted stricken crippled cripple cripples",
    ),
    make_phrase(
        _LOADED_WORD,
        rf"(?:{_DISEASES}) victims?|victims? of (?:an? )?(?:{_DISEASES})",
        "a person who had a stroke, people with cancer",
        "victim victims",
    ),
    make_phrase(
        _LOADED_WORD,
        r"wheelchair[- ]bound|(?:confined|bound) to (?:a|the|his|her|your|their) (?:wheelchair|bed)|bed-?ridden",
        "uses a wheelchair, stays in bed",
        "wheelchair wheelchair-bound confined bound bedridden bed-ridden",
    ),
    make_phrase(
        _LOADED_WORD,
        r"(?:physically |mentally )?handicapp?(?:ed|s)?",
        "person with a disability",
        "handicapped handicap handicaps",
    ),
    make_phrase(
        _LOADED_WORD,
        r"non-?complian(?:t|ce)|non-?adheren(?:t|ce)",
        "say what got in the way: did not take the medicine",
        "noncompliant non-compliant noncompliance non-compliance nonadherent non-adherent nonadherence non-adherence",
    ),
    make_phrase(
        _LOADED_WORD,
        r"commit(?:s|ted|ting)? suicide|(?:failed|successful) suicide(?: attempt)?",
        "died by suicide",
        "suicide",
    ),
    make_phrase(
        _LOADED_WORD,
        r"(?:you|patients?|people|who|he|she|they) (?:have |has )?fail(?:s|ed)? (?:the |your |all |this |"
        r"to respond to )?(?:\w+ )?"
        r"(?:treatments?|therap(?:y|ies)|medicines?|drugs?)",
        "the treatment did not help",
        "fail fails failed",
    ),
    make_phrase(
        _LOADED_WORD,
        r"clean (?:and sober|for (?:a|\d+|one|two|three|several) (?:days?|weeks?|months?|years?))|(?:get|stay|"
        r"got|stayed) clean(?= from| of|\.|,)|dirty (?:urine|drug test)",
        "in recovery, no longer uses drugs, tested positive",
        "clean dirty",
    ),
    make_phrase(_LOADED_WORD, r"(?:drug|substance|alcohol) (?-i:abuse)", "drug use, or misuse", "abuse"),
    make_phrase(
        _LOADED_WORD,
        r"crazy|insane|lunatics?|psychos?|retarded|retardation|mental patients?|deformed|spastics",
        "leave it out, or name the condition",
        "crazy insane lunatic lunatics psycho psychos retarded retardation mental deformed spastics",
    ),
    make_phrase(
        _FEAR_WORD,
        r"you(?:'ll|\u2019ll| will) (?:\w+ ){0,3}(?:die|go blind)|will (?:\w+ )?kill you|(?:can|could|may|might|"
        r"will) lose your (?:leg|foot|life|arm|limb) if you",
        "",
        "die blind kill lose",
    ),
    make_phrase(
        _FEAR_WORD,
        r"(?<!natural )(?<!weed )(?<!pain )(?:silent |deadly )*killers?(?! cells?)|deadly (?=disease|illness|"
        r"infection|poison|condition|cancer)|time bombs?|"
        r"terrif(?:ying|ied|ies)|horribl[ey]|horrif(?:ic|ying)|"
        r"agon(?:y|i[sz]ing)|excruciating|gruesome|nightmares? (?=of|to)|dreaded|ravages|hideous",
        "",
        "killer killers deadly bomb bombs terrifying terrified terrifies horrible horribly horrific horrifying agony "
        "agonizing agonising excruciating gruesome nightmare nightmares dreaded ravages hideous",
    ),
)
