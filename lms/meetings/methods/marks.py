"""A mark on the attendance list as plain data, and the short form in which a page remembers what it showed."""

from dataclasses import dataclass
from datetime import UTC, datetime

Place = tuple[int, str]  # whose enrolment, which half day


@dataclass(frozen=True)
class Mark:
    """No state means: not marked yet. The times belong to a part of the day only."""

    state: str = ""
    arrived_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def token(self) -> str:
        return f"{self.state}/{_minute(self.arrived_at)}/{_minute(self.left_at)}"

    @classmethod
    def read(cls, token: str) -> "Mark":
        """What a page says it showed; nonsense says that nothing was marked."""
        try:
            state, arrived, left = token.split("/")
            return cls(state, _moment(arrived), _moment(left))
        except (ValueError, OverflowError, OSError):
            return cls()


def _minute(moment: datetime | None) -> str:
    return str(int(moment.timestamp()) // 60) if moment else ""


def _moment(minute: str) -> datetime | None:
    return datetime.fromtimestamp(int(minute) * 60, UTC) if minute else None
