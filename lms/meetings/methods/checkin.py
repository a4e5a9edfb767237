"""The rotating code of a meeting: derived from the secret key, the meeting and half a minute, and stored nowhere."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

STEP = 30
CODES = 10_000
# How long after the day a phone without signal may still bring what it kept.
KEPT_FOR = timedelta(hours=24)
CODE_SALT, QR_SALT, TICKET_SALT = "meetings.checkin.code", "meetings.checkin.qr", "meetings.checkin.ticket"


@dataclass(frozen=True)
class Window:
    """When the code of a half day counts."""

    half: str
    opens_at: datetime
    closes_at: datetime

    def holds(self, moment: datetime) -> bool:
        return self.opens_at <= moment < self.closes_at


def step_at(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP


def code_at(meeting: int, moment: datetime) -> str:
    """Four digits to say aloud."""
    return f"{int(_digest(CODE_SALT, meeting, step_at(moment)), 16) % CODES:04}"


def proof_at(meeting: int, moment: datetime) -> str:
    """What the QR code carries: it cannot be guessed, so no tries are counted for it."""
    return _digest(QR_SALT, meeting, step_at(moment))[:32]


def code_holds(meeting: int, code: str, moment: datetime) -> bool:
    """The code shown now, or the one before it: somebody is always in the middle of typing."""
    return any(constant_time_compare(code, code_at(meeting, then)) for then in _now_and_before(moment))


def proof_holds(meeting: int, proof: str, moment: datetime) -> bool:
    return any(constant_time_compare(proof, proof_at(meeting, then)) for then in _now_and_before(moment))


def ticket(meeting: int, person: int, moment: datetime) -> str:
    """Our own word that this person had the code of this meeting before them at that moment."""
    return signing.dumps([meeting, person, moment.timestamp()], salt=TICKET_SALT)


def read_ticket(token: str, meeting: int, person: int) -> datetime | None:
    """The moment a ticket vouches for; nothing for a foreign, forged or too old one."""
    try:
        for_meeting, for_person, stamp = signing.loads(token, salt=TICKET_SALT, max_age=KEPT_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return datetime.fromtimestamp(stamp, UTC) if (for_meeting, for_person) == (meeting, person) else None


def _now_and_before(moment: datetime) -> tuple[datetime, datetime]:
    return moment, moment - timedelta(seconds=STEP)


def _digest(salt: str, meeting: int, step: int) -> str:
    return salted_hmac(salt, f"{meeting}:{step}", algorithm="sha256").hexdigest()
