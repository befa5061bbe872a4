"""A library of handouts with codes of every system, as the tests of Infobutton look them up."""

import datetime as dt
from collections.abc import Callable

import pytest

from handouts.infobutton.feed import Feed, Link, make_feed
from handouts.infobutton.matches import Matches, find_matches
from handouts.infobutton.request import KnowledgeRequest
from handouts.model.library import Handout, Library
from handouts.model.project import Project
from handouts.read.project import read_project
from handouts.search.index import SearchIndex, build_index
from support.projects import HANDOUT, small_project

TODAY = dt.date(2026, 11, 27)
# Id, language, title, codes, keyword; those of "secret" are a draft.
HANDOUTS = (
    (
        "fracture",
        "en",
        "Broken bones of the spine",
        "{icd-10-cm: [M48.5], icd-9-cm: ['733.13'], snomed: ['311401005']}",
        "spine",
    ),
    ("fracture", "es", "Fractura de la columna", "{}", "columna"),
    ("first-visit", "en", "Your first visit after a fracture", "{icd-10-cm: [M48.50XA], cpt: ['22513']}", "visit"),
    (
        "sugar",
        "en",
        "Living with diabetes",
        "{icd-10-cm: [E11], icd-9-cm: ['250.33'], loinc: [4548-4]}",
        "diabetes mellitus",
    ),
    ("inhaler", "en", "Albuterol inhaler", "{ndc: [49502-693-03], rxnorm: ['197379']}", "albuterol"),
    ("inhaler", "es-MX", "Inhalador de albuterol", "{ndc: [49502-693-03]}", "albuterol"),
    ("secret", "en", "Not reviewed yet", "{icd-10-cm: [I10], rxnorm: ['36567']}", "simvastatin"),
)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    project = small_project(tmp_path_factory.mktemp("infobutton"))
    approved = project.text(HANDOUT).replace("status: draft", "status: approved\nreviewed_by: Spine team")
    for name, language, title, codes, keyword in HANDOUTS:
        text = project.text(HANDOUT) if name == "secret" else approved
        text = text.replace("title: Back pain", f"title: {title}").replace("code: HO-1", f"code: {name}-{language}")
        text = text.replace("keywords:\n  - back pain", f"codes: {codes}\nkeywords:\n  - {keyword}")
        project.write(f"content/handouts/{name}/{language}.md", text)
    (project.root / HANDOUT).unlink()
    found = read_project(Project(project.root.resolve())).library
    assert found is not None
    assert len(found.handouts) == len(HANDOUTS)
    return found


@pytest.fixture(scope="session")
def index(library: Library) -> SearchIndex:
    return build_index(library)


@pytest.fixture(scope="session")
def find(library: Library, index: SearchIndex) -> Callable[[KnowledgeRequest], Matches]:
    practice = library.practices["clinic"]
    return lambda request: find_matches(
        library, index, request, practice, lambda handout: handout.front.status == "approved"
    )


@pytest.fixture(scope="session")
def answer(library: Library, find: Callable[[KnowledgeRequest], Matches]) -> Callable[[KnowledgeRequest], Feed]:
    """Return the feed for a request."""

    def link_to(handout: Handout) -> tuple[Link, ...]:
        return (Link(f"http://desk.example/handouts/{handout.id}?language={handout.language}", "text/html"),)

    return lambda request: make_feed(
        request,
        find(request),
        author="Harbor Clinic",
        address="http://desk.example/",
        today=TODAY,
        practices=list(library.practices.values()),
        link_to=link_to,
    )
