"""The names of languages in themselves, as their readers know them (Unicode CLDR 46, localeDisplayNames)."""

from collections.abc import Mapping
from typing import Final

_NAMES: Final[Mapping[str, str]] = {
    "am": "አማርኛ",
    "ar": "العربية",
    "bn": "বাংলা",
    "bs": "bosanski",
    "cs": "čeština",
    "da": "dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "español",
    "fa": "فارسی",
    "fi": "suomi",
    "fil": "Filipino",
    "fr": "français",
    "gu": "ગુજરાતી",
    "he": "עברית",
    "hi": "हिन्दी",
    "hmn": "Hmoob",
    "hr": "hrvatski",
    "ht": "Kreyòl ayisyen",
    "hu": "magyar",
    "hy": "հայերեն",
    "it": "italiano",
    "ja": "日本語",
    "km": "ខ្មែរ",
    "ko": "한국어",
    "lo": "ລາວ",
    "my": "မြန်မာ",
    "nb": "norsk bokmål",
    "ne": "नेपाली",
    "nl": "Nederlands",
    "pa": "ਪੰਜਾਬੀ",
    "pl": "polski",
    "ps": "پښتو",
    "pt": "português",
    "ro": "română",
    "ru": "русский",
    "so": "Soomaali",
    "sq": "shqip",
    "sr": "српски",
    "sv": "svenska",
    "sw": "Kiswahili",
    "ta": "தமிழ்",
    "te": "తెలుగు",
    "th": "ไทย",
    "ti": "ትግርኛ",
    "tl": "Tagalog",
    "tr": "Türkçe",
    "uk": "українська",
    "ur": "اردو",
    "vi": "Tiếng Việt",
    "zh": "中文",
    "zh-hans": "简体中文",
    "zh-hant": "繁體中文",
}


def name_language(tag: str) -> str:
    """Return the name of a language in itself, with its region if it has one; the tag if the name is not known."""
    language, *others = tag.split("-")
    script = f"{language}-{others[0]}".lower() if others else ""
    name = _NAMES.get(script) or _NAMES.get(language.lower())
    if name is None:
        return tag
    region = next((part for part in others if len(part) == 2), "")  # noqa: PLR2004 - of letters (RFC 5646, 2.2.4)
    name = name[:1].upper() + name[1:]
    return f"{name} ({region.upper()})" if region else name
