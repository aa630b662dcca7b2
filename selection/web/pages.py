"""Pages of a list: which rows are asked for, and how many there are."""

from dataclasses import dataclass, replace

PER_PAGE = 25


@dataclass(frozen=True, kw_only=True, slots=True)
class Pages:
    """Where in a list the reader is; counts start at one."""

    page: int
    total: int
    capped: bool = False
    per_page: int = PER_PAGE

    @classmethod
    def at(cls, asked: int, total: int, *, capped: bool = False, per_page: int = PER_PAGE) -> "Pages":
        """Return the page that was asked for, or the nearest that there is."""
        there = cls(page=1, total=total, capped=capped, per_page=per_page)
        return replace(there, page=min(max(1, asked), there.last))

    @property
    def before(self) -> int:
        """How many rows come before this page."""
        return (self.page - 1) * self.per_page

    @property
    def last(self) -> int:
        """The number of the last page, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first_row(self) -> int:
        """The number of the first row on this page; nought if there are no rows."""
        return min(self.total, (self.page - 1) * self.per_page + 1)

    @property
    def last_row(self) -> int:
        """The number of the last row on this page."""
        return min(self.total, self.page * self.per_page)

    def near(self) -> tuple[int, ...]:
        """Return the page numbers worth a link: the first, the last, and those beside this one."""
        around = {1, self.page - 1, self.page, self.page + 1, self.last}
        return tuple(sorted(number for number in around if 1 <= number <= self.last))
