"""Why a picture or font file is refused."""


class BrokenFileError(ValueError):
    """A picture or font file that is damaged, incomplete or of a kind that is not printed; the text says why."""
