"""Why a picture or font file is refused."""

from handouts.problems.exceptions import HandoutsError


class BrokenFileError(HandoutsError, ValueError):
    """A picture or font file that is damaged, incomplete or of a kind that is not printed; the text says why."""
