"""A printer: what people call it, and where it is."""

from dataclasses import dataclass

from handouts.printing.ipp.address import Address


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer; `about` is what its owner says of it, such as where it stands."""

    name: str
    address: Address
    about: str = ""
    is_default: bool = False
