"""GNU gettext PO files: the id of each unit is its context; stale translations are fuzzy."""

from typing import Final

from handouts.translating.messages import BadExchangeError, Exchange, Message

_LONGEST_FILE: Final = 20_000_000  # characters
_REVIEWED: Final = "reviewed"


def write_po(exchange: Exchange) -> str:
    """Return the units as a PO file."""
    import polib  # noqa: PLC0415 - only this command needs it

    file = polib.POFile(wrapwidth=100)
    file.metadata = {
        "Project-Id-Version": exchange.handout,
        "Language": exchange.language,
        "X-Source-Language": exchange.source_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for message in exchange.messages:
        flags = ["fuzzy"] if message.is_stale else []
        comment = _REVIEWED if message.state == "reviewed" and message.target and not message.is_stale else ""
        entry = polib.POEntry(msgctxt=message.id, msgid=message.source, msgstr=message.target, flags=flags)
        entry.tcomment = comment
        file.append(entry)
    return f"{file}\n"


def read_po(text: str) -> Exchange:
    """Return the units of a PO file. Raises BadExchangeError."""
    import polib  # noqa: PLC0415 - only this command needs it

    if len(text) > _LONGEST_FILE:
        raise BadExchangeError("the file is too large")
    if "msgid" not in text:
        raise BadExchangeError("it is not a PO file")
    try:
        file = polib.pofile(text)
    except (OSError, ValueError, IndexError, UnicodeError) as broken:
        raise BadExchangeError(f"it is not a PO file: {broken}") from None
    messages = tuple(
        Message(
            entry.msgctxt or "",
            entry.msgid,
            entry.msgstr,
            "reviewed" if _REVIEWED in entry.tcomment.splitlines() else "translated",
            is_stale=entry.fuzzy,
        )
        for entry in file
        if not entry.obsolete
    )
    about = file.metadata
    source_language, language = about.get("X-Source-Language", ""), about.get("Language", "").replace("_", "-")
    return Exchange(about.get("Project-Id-Version", ""), source_language, language, messages)
