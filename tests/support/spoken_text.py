"""The text of a unit as textstat has to be given it, to count the same words and sentences."""

from handouts.check.plain_language.analysis import AnalyzedUnit


def text_of(unit: AnalyzedUnit) -> str:
    """Return a unit as sentences for textstat, without names and very short sentences; list items get a full stop."""
    lines = []
    for text in unit.texts:
        for start, end in text.sentences if text.is_prose else ():
            spoken = [n for n in range(start, end) if n not in text.in_names and text.words[n].counts]
            if len(spoken) < 3:
                continue
            kept = [
                "".join(c for c in word.written if c in ".?!") if n in text.in_names else word.written
                for n, word in enumerate(text.words[start:end], start)
            ]
            line = " ".join(kept).strip()
            lines.append(line if line.endswith((".", "?", "!")) else f"{line}.")
    return "\n".join(lines)
