"""Long lists, a page at a time."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, and where they stand in it; pages count from 1."""

    rows: Sequence[T]
    number: int
    pages: int
    total: int

    @property
    def earlier(self) -> int | None:
        """The page before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def later(self) -> int | None:
        """The page behind, if there is one."""
        return self.number + 1 if self.number < self.pages else None


def paged(rows: Sequence[T], number: int | None, per_page: int) -> Page[T]:
    """Return one page of a list; the last one for a number beyond it, the first one for none."""
    number, pages = placed(len(rows), number, per_page)
    return Page(rows[(number - 1) * per_page : number * per_page], number, pages, len(rows))


def placed(total: int, number: int | None, per_page: int) -> tuple[int, int]:
    """Return the page that is shown of a list as long as `total`, and how many pages it has."""
    pages = max(1, math.ceil(total / per_page))
    return min(max(1, number or 1), pages), pages
