"""Language tags (BCP 47): parses and compares them, and finds the writing direction of a language."""

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

Direction = Literal["ltr", "rtl", "vertical"]

# Language, script, region, variants and private use (RFC 5646, 2.1).
_TAG: Final = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)(?P<private_use>(-x(-[a-z0-9]{1,8})+)?)",
    re.IGNORECASE | re.ASCII,
)

# Scripts written from right to left, by their ISO 15924 codes (Unicode CLDR, scriptMetadata.txt, column "RTL?").
_RTL_SCRIPTS: Final = frozenset(
    """
    adlm arab aran armi avst chrs cprt elym gara hatr hebr hung khar lydi mand mani mend merc mero narb nbat
    nkoo orkh ougr palm phli phlp phnx prti rohg samr sarb sogd sogo syrc syre syrj syrn thaa todr yezi
    """.split()  # noqa: SIM905 - a quoted word a line would be forty lines
)
# Written from top to bottom: Mongolian and Phags-pa (Unicode Standard, chapters 13.5 and 14.4).
_VERTICAL_SCRIPTS: Final = frozenset({"mong", "phag"})
# Languages usually written in one of those scripts (Unicode CLDR, likelySubtags.xml), and some names of Arabic,
# Persian, Punjabi and Balochi that CLDR replaces by others first.
_RTL_LANGUAGES: Final = frozenset(
    """
    aao abh abv acm acq acw acx adf ae aeb aec aee aeq afb aib aii aij aiq ajp amw apc apd ar arb arc arq ars
    ary arz ask atn auj auz avd avl ayh ayl ayn ayp azb bal bcc bdz bej bft bgn bgp bhe bhm bhn bjf bjm bqi brh
    brk bsh bsk chg cja ckb clh czk dcc def deh dgl dmk dml dv ecy esh fa fay faz fia fub gbz ggg gha ghr gig
    gjk gju glh glk grr gwc gwf gwt gzi hac haz hbo he hkh hnd hno hoh hrt hrz hss huy isk itk iw jad jat jbe
    jbn jdg ji jnd jog jpa jpr jrb jye kbu kby kcy kfm khw klj kmz kqd ks ktl kvx kxp lad lah lhs lki lrc lrk
    lrl lsa lsd lss luv luz mby mde mey mfa mfi mhj mid mki mnj mve mvy myz mzb mzn nli nlm nqo ntz nyq oar obm
    odk omy oru ota otk oui pal pbt pes pgd phl phn phr phv plk pnb prc prd prs prx ps psh psi pst qxq rdb rhg
    rmt sam sbn scl sd sdb sdf sdg sdh sds sgr sgy shd shm shu shv siy siz skr smp smy sog sqo sqt srh srz ssh
    sts swb syc syn syr tjo tks tmr tov tra trg trm trw ug ur ush uzs vaf vgr vmh wbk wne wni wsv xco xhe xka
    xkc xkj xkp xld xly xmn xmr xna xpr xsa xvi ydg yhd yi yih yud zba zdj zrp zum
    """.split()  # noqa: SIM905 - a quoted word a line would be hundreds of lines
)
_VERTICAL_LANGUAGES: Final = frozenset({"bxu", "mnc", "mvf"})
# Regions that use another direction than most speakers of the language (likewise CLDR).
_BY_REGION: Final[dict[str, Direction]] = {
    **dict.fromkeys(
        [
            "az-iq",
            "az-ir",
            "ha-cm",
            "ha-sd",
            "kk-af",
            "kk-cn",
            "kk-ir",
            "kk-mn",
            "ku-iq",
            "ku-ir",
            "ku-lb",
            "ky-cn",
            "ms-cc",
            "pa-pk",
            "tg-pk",
            "uz-af",
        ],
        "rtl",
    ),
    **dict.fromkeys(["mey-sn", "sd-in", "ug-kz", "ug-mn"], "ltr"),
    "mn-cn": "vertical",
}
_ARABIC_LANGUAGES: Final = frozenset({"ar", "fa", "ps", "ur"})  # those that one font is known to have the letters of
_SCRIPT_LENGTH: Final = 4
_REGION_LENGTHS: Final = (2, 3)


class LanguageTag(NamedTuple):
    """The subtags of a language tag as written; `private_use` starts with -x, and is empty if there is none."""

    language: str
    script: str | None
    region: str | None
    variants: tuple[str, ...]
    private_use: str


@lru_cache(256)
def parse_language_tag(text: str) -> LanguageTag | None:
    """Return the subtags of a language tag, such as en, es-MX or zh-Hant; None if it does not have that form."""
    match = _TAG.fullmatch(text)
    if match is None:
        return None
    variants = tuple(match["variants"].split("-")[1:])
    return LanguageTag(match["language"], match["script"], match["region"], variants, match["private_use"])


def is_language_tag(text: str) -> bool:
    """Return whether a text has the form of a language tag."""
    return parse_language_tag(text) is not None


@lru_cache(256)
def direction_of(tag: str) -> Direction:
    """Return the direction in which a language is written: by its script, or else by language and region.

    The direction of languages that CLDR does not know is left to right.
    """
    language, script, region = _split_tag(tag)
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "vertical" if script in _VERTICAL_SCRIPTS else "ltr"
    by_region = _BY_REGION.get(f"{language}-{region}")
    if by_region:
        return by_region
    return "rtl" if language in _RTL_LANGUAGES else "vertical" if language in _VERTICAL_LANGUAGES else "ltr"


def script_of(tag: str) -> str:
    """Return the script of a language (ISO 15924, small letters) if it is one of those without an alphabet like Latin.

    "" for other languages, unless the tag names their script.
    """
    language, script, region = _split_tag(tag)
    if script:
        return script
    if language == "zh":
        return "hant" if region in {"tw", "hk", "mo"} else "hans"
    return "arab" if language in _ARABIC_LANGUAGES else {"ja": "jpan", "ko": "kore"}.get(language, "")


def is_same_language(one: str, other: str) -> bool:
    """Return whether readers of one language can read the other: es and es-MX can, zh-Hans and zh-Hant cannot."""
    (language, script, _), (other_language, other_script, _) = _split_tag(one), _split_tag(other)
    return language == other_language and (not script or not other_script or script == other_script)


@lru_cache(256)
def _split_tag(tag: str) -> tuple[str, str, str]:
    """Return language, script and region of any tag in lower case, "" for those that it lacks (RFC 5646, 2.1)."""
    language, *others = tag.lower().split("-")
    script = next((subtag for subtag in others if len(subtag) == _SCRIPT_LENGTH and subtag.isalpha()), "")
    region = next((subtag for subtag in others if len(subtag) in _REGION_LENGTHS), "")
    return language, script, region
