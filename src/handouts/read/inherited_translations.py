"""Keeps the reviewer of a network's translations from being named for texts that a clinic writes itself."""

from typing import Final

from handouts.language.tags import is_same_language
from handouts.read.practice_texts import find_written_languages
from handouts.read.yaml.nodes import Mapping, merge_mappings

_FIELD: Final = "translations"
_REVIEW: Final = ("reviewed_by", "translator")


def keep_own_translations_unreviewed(inherited: Mapping, own: Mapping, language: str) -> Mapping:
    """Return inherited fields that name no reviewer for texts that a practice writes itself.

    The state of translations that it states itself is dropped. That of a language in which it has texts of its own,
    without a word on who translated them, loses the reviewer. `language` is that of its plain texts.
    """
    stated, restated = inherited.get(_FIELD), own.get(_FIELD)
    if not isinstance(stated, Mapping):
        return inherited
    own_tags = [tag for tag, _, _ in restated.items] if isinstance(restated, Mapping) else []
    left = stated.without(*own_tags)
    written = [
        one for one in find_written_languages(own, language) if not any(is_same_language(one, tag) for tag in own_tags)
    ]
    states = tuple(
        (tag, own.place, Mapping(state.without(*_REVIEW).items, own.place))
        if isinstance(state, Mapping) and any(is_same_language(tag, one) for one in written)
        else (tag, place, state)
        for tag, place, state in left.items
    )
    kept = Mapping(((_FIELD, stated.place, Mapping(states, stated.place)),), inherited.place)
    return merge_mappings(inherited.without(_FIELD), kept)
