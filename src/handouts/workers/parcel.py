"""Values that many tasks share: pickled once for all of them, and unpickled once by each worker process."""

import hashlib
import pickle
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

_Value = TypeVar("_Value")
_Value_co = TypeVar("_Value_co", covariant=True)

_OPENED: Final = 16  # tasks come sorted, so few are in use at once


@dataclass(frozen=True, slots=True)
class Parcel(Generic[_Value_co]):
    """A pickled value; parcels with the same digest hold equal values."""

    digest: str
    content: bytes = field(repr=False, compare=False)

    def open(self) -> _Value_co:
        """Return the value: the same object each time, which must not be changed, unless it was opened long ago."""
        value: _Value_co = _unpickle(self)
        return value


def pack(value: _Value) -> Parcel[_Value]:
    """Return a parcel with a value."""
    content = pickle.dumps(value)
    return Parcel(hashlib.sha256(content).hexdigest(), content)


@lru_cache(_OPENED)
def _unpickle(parcel: Parcel[Any]) -> Any:  # noqa: ANN401 - `Parcel.open` knows the type
    return pickle.loads(parcel.content)  # noqa: S301 - packed by the process that sent the task
