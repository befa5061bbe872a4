"""Rules of `handouts publish`, declared here because the room that reports them imports the checks."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_SOURCE: Final = "docs/publishing.md"

BAD_SITE_FOLDER: Final = Rule(
    "bad-site-folder",
    Severity.ERROR,
    title="the folder cannot be that of a site",
    why="Publishing replaces the whole folder, so it must be one that only publishing writes.",
    source=_SOURCE,
    message="{folder} cannot be the folder of a site: {reason}",
    hint="name a new or empty folder, or one that `handouts publish` wrote",
)
SITE_IN_USE: Final = Rule(
    "site-in-use",
    Severity.ERROR,
    title="another command is writing the site",
    why="Two at once would mix their files.",
    source=_SOURCE,
    message="another command is writing {folder}",
    hint="wait until it has finished",
)
SITE_NOT_WRITTEN: Final = Rule(
    "site-not-written",
    Severity.ERROR,
    title="a file of the site cannot be written",
    why="The site stays as it was.",
    source=_SOURCE,
    message="{folder} stays as it was: {reason}",
)
NOTHING_TO_PUBLISH: Final = Rule(
    "nothing-to-publish",
    Severity.ERROR,
    title="no handout may be published",
    why="No site was written.",
    source=_SOURCE,
    message="no handout of the project may be published, so no site was written",
    hint="a site has what a release allows: see the reasons above, and docs/release.md",
)
RESERVED_FOLDER: Final = Rule(
    "reserved-folder",
    Severity.ERROR,
    title="a practice or handout has the name of a folder of the site",
    why="Its pages would be mixed with those of the site.",
    source=_SOURCE,
    message='"{name}" is the name of a folder that the site needs',
    hint="rename the folder of the practice or handout",
)
NO_WEB_PAGE: Final = Rule(
    "no-web-page",
    Severity.WARNING,
    title="a handout that is not offered as a web page",
    why="It is not on the site, because each handout there is a page with files to print.",
    source=_SOURCE,
    message='"{handout}" is not published: it is not offered in the format html',
    hint="add html to formats:",
)
PAGE_NOT_RENEWED: Final = Rule(
    "page-not-renewed",
    Severity.ERROR,
    title="a published page could not be made anew",
    why="The page of the last publication stays on the site, and may be out of date.",
    source=_SOURCE,
    message="the page {page} stays as it was, because it could not be made anew",
    hint="correct the errors above, and publish again",
)
NO_THUMBNAIL: Final = Rule(
    "no-thumbnail",
    Severity.WARNING,
    title="the picture of a first page could not be drawn",
    why="The page is published without it.",
    source=_SOURCE,
    message="the first page of {file} could not be drawn: {reason}",
)
SHARED_FILE_NAME: Final = Rule(
    "shared-file-name",
    Severity.WARNING,
    title="two handouts have the same code",
    why="OpenEMR finds one file for a code, so the other handout is never found by it.",
    source=_SOURCE,
    message="{file} is of {first}, and not of {other}, which has the same code",
    hint="remove the code from one of them",
)

RULES: Final = (
    BAD_SITE_FOLDER,
    SITE_IN_USE,
    SITE_NOT_WRITTEN,
    NOTHING_TO_PUBLISH,
    RESERVED_FOLDER,
    NO_WEB_PAGE,
    PAGE_NOT_RENEWED,
    NO_THUMBNAIL,
    SHARED_FILE_NAME,
)
