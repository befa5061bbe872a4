"""Validate the XLIFF files that translators get by the schema of XLIFF 2.0.

    python scripts/validate_xliff.py xliff_core_2.0.xsd

The schema is https://docs.oasis-open.org/xliff/xliff-core/v2.0/os/schemas/xliff_core_2.0.xsd. It is not part of this
repository: OASIS has the copyright. All shipped handouts are exported: as they are for a new language, and with the
translations that they have.
"""

import sys
from pathlib import Path
from typing import Final

from lxml import etree

from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.translating.exchange import export_handout

ROOT: Final = Path(__file__).parents[1]
_NEW_LANGUAGE: Final = "eo"
# What the schema imports of the schema of XML itself.
_XML: Final = b"""\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="lang" type="xs:language"/>
  <xs:attribute name="space" type="xs:NCName"/>
</xs:schema>
"""


class _XmlSchema(etree.Resolver):
    def resolve(self, system_url: str, public_id: str, context: object) -> object:  # noqa: ARG002 - as in the base class
        return self.resolve_string(_XML, context) if system_url.endswith("xml.xsd") else None


def main(schema_file: Path) -> int:
    """Validate all exports, print what is wrong, and return the exit code."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_XmlSchema())
    schema = etree.XMLSchema(etree.parse(schema_file, parser))
    project = Project(ROOT)
    count = failed = 0
    for original in sorted((ROOT / "content/handouts").glob("*/en.md")):
        languages = {file.stem for file in original.parent.glob("*.md")} - {"en"}
        for language in (_NEW_LANGUAGE, *sorted(languages)):
            problems = Problems()
            text = export_handout(project, original.parent.name, "en", language, "xliff", problems)
            is_valid = text is not None and schema.validate(etree.fromstring(text.encode()))
            count, failed = count + 1, failed + (not is_valid)
            if not is_valid:
                errors = schema.error_log if text is not None else problems
                lines = "".join(f"  {error}\n" for error in errors)
                sys.stdout.write(f"{original.parent.name} in {language}:\n{lines}")
    sys.stdout.write(f"{count - failed} of {count} files are valid\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
