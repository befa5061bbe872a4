"""The names of languages in themselves, as their readers know them."""


def name_language(tag: str) -> str:
    """Return the name of a language in itself, such as "Español (México)"; the tag if CLDR does not know it."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow, so only where languages are shown

    try:
        name = Locale.parse(tag, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return tag
    return f"{name[:1].upper()}{name[1:]}" if name else tag
