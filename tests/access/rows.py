"""The rows of the matrix, and which of them says what a cell shall answer."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MATRIX = Path(__file__).parent / "matrix.csv"
COLUMNS = ["pattern", "method", "role", "relation", "expected"]
EVERYBODY_ELSE = "*"


@dataclass(frozen=True)
class Cell:
    """One question: what does ``method`` on the address ``name`` say to ``role``, about something so related to it?"""

    name: str
    method: str
    role: str
    relation: str

    def __str__(self):
        return f"{self.method} {self.name}, {self.role}, {self.relation}"


@dataclass(frozen=True)
class Row:
    pattern: str
    method: str
    role: str
    relation: str
    expected: str

    @property
    def roles(self) -> list[str]:
        return self.role.split("|")

    @property
    def is_for_the_rest(self) -> bool:
        return self.role == EVERYBODY_ELSE

    @property
    def is_of_many(self) -> bool:
        """About all addresses of a package that begin so."""
        return self.pattern.endswith("*")

    def matches_name(self, name: str) -> bool:
        return name.startswith(self.pattern[:-1]) if self.is_of_many else name == self.pattern

    def is_about(self, cell: Cell) -> bool:
        asked = (cell.method, cell.relation)
        return (self.method, self.relation) == asked and self.matches_name(cell.name)


class Uncovered(LookupError):  # noqa: N818 - it states a fact, as all our exceptions do
    """No row says what the cell answers."""


class CoveredTwice(LookupError):  # noqa: N818
    """More than one row does."""


def read_rows(path: Path = MATRIX) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            message = f"The columns are {COLUMNS}, not {reader.fieldnames}."
            raise ValueError(message)
        return [Row(**line) for line in reader]


def row_for(cell: Cell, rows: Iterable[Row]) -> Row:
    """The one row for ``cell``: a pattern named in full before a ``…*``, and in each a role named before the rest.

    :raises Uncovered, CoveredTwice:
    """
    about = [row for row in rows if row.is_about(cell)]
    for pattern in sorted({row.pattern for row in about}, key=len, reverse=True):
        of_pattern = [row for row in about if row.pattern == pattern]
        chosen = [row for row in of_pattern if cell.role in row.roles]
        chosen = chosen or [row for row in of_pattern if row.is_for_the_rest]
        if len(chosen) > 1:
            raise CoveredTwice(str(cell))
        if chosen:
            return chosen[0]
    raise Uncovered(str(cell))
