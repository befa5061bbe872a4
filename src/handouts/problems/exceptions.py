"""The root of all exceptions that this package raises."""


class HandoutsError(Exception):
    """Base class of every exception of this package; its text says what is wrong."""
