"""Reads one practice, completed by those that it extends: finds and checks its texts, logos, fonts and inserts.

It is read once in its own language, and once in each other one in which it has all texts.
"""

from collections.abc import Collection
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from handouts.language.tags import is_same_language
from handouts.model.field_values import check_fields, fill_body, list_field_values
from handouts.model.library import FontFiles, Insert, Picture, Practice
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.read.inserts import InsertReader
from handouts.read.pictures import PictureFinder
from handouts.read.practice_texts import PracticeTexts, choose_texts, find_languages, name_field
from handouts.read.written_practices import WrittenPractices
from handouts.read.yaml.nodes import Mapping, Node, Sequence, collect_places, place_of, text_of
from handouts.read.yaml.validate import validate
from handouts.schema.practice import INSERTS, OWN_FIELDS, TEXT_FIELDS, Colors, PracticeFile, PracticeProfile

INHERITED_LANGUAGE: Final = Rule(
    "inherited-language",
    Severity.ERROR,
    title="a practice that inherits texts in another language",
    why="In an emergency, patients would not understand whom to call, or when.",
    source="45 CFR 92.201, meaningful access (https://www.ecfr.gov/current/title-45/section-92.201); docs/practices.md",
    message='"{practice}" is in "{language}", but inherits texts from a practice in another language: {fields}',
    hint='write them here, in "{language}"',
)
NO_OWN_TEXT: Final = Rule(
    "no-own-text",
    Severity.ERROR,
    title="a practice has a text in other languages only",
    why="In an emergency, patients would not understand whom to call, or when.",
    source="45 CFR 92.201, meaningful access (https://www.ecfr.gov/current/title-45/section-92.201); docs/practices.md",
    message='"{practice}" is in "{language}", but these texts are not: {fields}',
    hint='write them in "{language}" too',
)
RULES: Final = (INHERITED_LANGUAGE, NO_OWN_TEXT)


@dataclass(frozen=True, slots=True)
class _Files:
    """The logos and fonts of a practice."""

    logo: Picture | None
    logo_black: Picture | None
    fonts: FontFiles


@dataclass(frozen=True, slots=True)
class PracticeReader:
    """Reads practices.

    `written` holds the YAML of those that could be parsed, `language_fonts` are those of the project. `base_url` is the
    address of the site on which the project publishes, "" if it does not.
    """

    project: Project
    pictures: PictureFinder
    inserts: InsertReader
    written: WrittenPractices
    language_fonts: MappingOf[str, FontFiles]
    base_url: str = ""

    def read(self, name: str, problems: Problems) -> Practice | None:
        """Read the practice with an id; return None if it has errors or is abstract."""
        own_mapping = self.written.mappings[name]
        language = self.written.find_language(name)
        chain_problems, profile_problems, own_problems = Problems(), Problems(), Problems()
        node = self.written.complete(name, chain_problems)
        texts = choose_texts(node, language, self.written.language_of_file, own_problems) if node else None
        profile = validate(PracticeProfile, texts.fields, profile_problems) if texts else None
        # A profile that extends no other, is not abstract and has no errors need not be validated again.
        if profile is None or own_mapping.get("extends") or own_mapping.get("abstract"):
            own_texts = choose_texts(own_mapping, language, self.written.language_of_file, Problems())
            validate(PracticeFile, own_texts.fields, own_problems, partial=True)
        own_problems.extend(chain_problems)
        practice = None
        if node is not None and texts is not None and text_of(own_mapping.get("abstract")) != "true":
            reported = {(problem.code, problem.place) for problem in own_problems}
            own_problems.extend(
                problem for problem in profile_problems if (problem.code, problem.place) not in reported
            )
            files = self._find_files(texts.fields, own_problems)
            practice = self._build(name, texts, language, profile, files, own_problems)
            if practice and self._has_own_texts(practice, texts, own_problems):
                practice = self._add_languages(practice, node, texts, own_problems)
        problems.extend(own_problems)
        return None if own_problems.has_errors else practice

    def _has_own_texts(self, practice: Practice, texts: PracticeTexts, problems: Problems) -> bool:
        """Report texts that a practice lacks in its own language; return whether it has them all."""
        place = place_of(self.written.mappings[practice.id], ("language",))
        inherited = [field for field in (*TEXT_FIELDS, OWN_FIELDS, INSERTS) if _has_any_below(texts.foreign, field)]
        if inherited:
            fields = ", ".join(".".join(field) for field in inherited)
            problems.add(INHERITED_LANGUAGE.at(place, practice=practice.id, language=practice.language, fields=fields))
        if texts.missing:
            place = place_of(texts.fields, texts.missing[0])
            fields = ", ".join(map(name_field, texts.missing))
            problems.add(NO_OWN_TEXT.at(place, practice=practice.id, language=practice.language, fields=fields))
        return not inherited and not texts.missing

    def _add_languages(self, own: Practice, node: Mapping, own_texts: PracticeTexts, problems: Problems) -> Practice:
        """Return a practice with itself in the other languages of its texts, and what it lacks in each of them."""
        complete: dict[str, Practice] = {}
        incomplete: dict[str, tuple[str, ...]] = {}
        for language in find_languages(node):
            if is_same_language(language, own.language):
                continue
            texts = choose_texts(node, language, self.written.language_of_file, problems)
            missing = [path for path in texts.lacking if path[0] not in {*OWN_FIELDS, *INSERTS}]
            if missing:
                incomplete[language] = tuple(map(name_field, missing))
                continue
            # A value for texts, or an insert, is needed only where it is printed.
            fields = _remove(texts.fields, texts.lacking)
            profile = validate(PracticeProfile, fields, problems)
            files = _Files(own.logo, own.logo_black, own.fonts)  # none of them is named by language
            practice = self._build(own.id, replace(texts, fields=fields), language, profile, files, problems)
            if practice:
                lacking = {place_of(own_texts.fields, path) for path in texts.lacking if path[0] in INSERTS}
                untranslated = tuple(insert for insert in own.inserts if insert.place in lacking)
                complete[language] = replace(practice, untranslated=untranslated)
        return replace(own, languages=complete, incomplete=incomplete)

    def _build(
        self,
        name: str,
        texts: PracticeTexts,
        language: str,
        profile: PracticeProfile | None,
        files: _Files,
        problems: Problems,
    ) -> Practice | None:
        """Build a practice in a language; `problems` holds those found in its fields."""
        node = texts.fields
        listed = node.get("inserts")
        nodes = listed.items if isinstance(listed, Sequence) else ()
        inserts = tuple(insert for item in nodes for insert in self.inserts.read(item, problems))
        values = list_field_values(profile) if profile else {}
        if profile:
            uses = (use for insert in inserts for body in insert.bodies for use in body.fields)
            check_fields(uses, name, values, problems)
        if profile is None or files.logo is None or problems.has_errors:
            return None
        inserts = tuple(_fill_insert(insert, values) for insert in inserts)
        values_at = collect_places(node)
        place = Place(self.written.mappings[name].place.file, 1)
        colors_at = {color: place_of(node, ("colors", color)) for color in Colors.model_fields}
        published_at = f"{self.base_url}{name}/" if self.base_url else ""
        return Practice(
            name,
            language,
            profile,
            files.logo,
            files.logo_black,
            files.fonts,
            inserts,
            place,
            colors_at,
            values_at,
            language_fonts=self.language_fonts,
            published_at=published_at,
        )

    def _find_files(self, fields: Mapping, problems: Problems) -> _Files:
        """Find the logos and fonts of a practice; those that have errors are left out."""
        return _Files(
            self._find_logo(fields.get("logo"), problems),
            self._find_logo(fields.get("logo_black"), problems),
            self.pictures.find_fonts(fields.get("font"), self._find_folder, problems),
        )

    def _find_logo(self, node: Node | None, problems: Problems) -> Picture | None:
        file = _read_file_name(node, problems)
        if node is None or file is None:
            return None
        return self.pictures.find_picture(self._find_folder(node), file, node.place, problems)

    def _find_folder(self, node: Node) -> Path:
        # A value may come from the practice that is extended: its files are beside that practice.yaml.
        return (self.project.root / node.place.file).parent


def _has_any_below(paths: Collection[tuple[str | int, ...]], field: tuple[str, ...]) -> bool:
    return any(path[: len(field)] == field for path in paths)


def _remove(fields: Mapping, paths: Collection[tuple[str | int, ...]]) -> Mapping:
    """Return fields without the values at some paths: entries of `fields`, and inserts by their files."""
    items = []
    for name, place, value in fields.items:
        kept: Node = value
        if isinstance(value, Mapping) and (name,) == OWN_FIELDS:
            kept = value.without(*(str(path[1]) for path in paths if path[0] == name))
        elif isinstance(value, Sequence) and (name,) == INSERTS:
            numbers = {path[1] for path in paths if path[0] == name}
            kept = Sequence(tuple(item for at, item in enumerate(value.items) if at not in numbers), value.place)
        items.append((name, place, kept))
    return Mapping(tuple(items), fields.place)


def _fill_insert(insert: Insert, values: MappingOf[str, str]) -> Insert:
    notes = {label: fill_body(note, values) for label, note in insert.notes.items()}
    return replace(insert, body=fill_body(insert.body, values), notes=notes)


def _read_file_name(node: Node | None, problems: Problems) -> str | None:
    """Return the name of a file, or None if there is none or it has been reported already."""
    if node is None or any(problem.place == node.place for problem in problems):
        return None
    return text_of(node) or None
