"""Finds out whether a project uses files outside of the folders that sources belong in, which it may."""

import posixpath

from handouts.model.library import Library
from handouts.model.project import SOURCE_FOLDERS


def reads_elsewhere(library: Library) -> bool:
    """Return whether any text, picture or font of a library is outside of the source folders of its project."""
    practices = [one for practice in library.practices.values() for one in practice.in_all_languages]
    bodies = [body for handout in library.handouts for body in handout.bodies]
    bodies += [body for practice in practices for body in practice.bodies]
    pictures = [picture for body in bodies for picture in body.pictures]
    for practice in practices:
        pictures += [practice.logo, *([practice.logo_black] if practice.logo_black else []), *practice.fonts.values()]
    pictures += [picture for fonts in library.language_fonts.values() for picture in fonts.values()]
    names = {picture.name for picture in pictures} | {body.origin.file for body in bodies if body.origin}
    return any(posixpath.normpath(name).partition("/")[0] not in SOURCE_FOLDERS for name in names)
