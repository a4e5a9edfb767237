"""What there is to tell of a whole cohort."""

from datetime import datetime

from lms.meetings.models import Cohort
from lms.meetings.queries.concerned import concerned_by
from lms.notifications.methods import Mail, Occasion, register


def cancelled(notice, now: datetime) -> Mail | None:
    """Only to those it still concerns. By now its days are cancelled, or over: all of them count."""
    cohort = Cohort.objects.select_related("course__provider").filter(pk=notice.object_id).first()
    if cohort is None or not cohort.is_cancelled:
        return None
    concerned = concerned_by(cohort, cohort.meetings.all(), now)
    if not concerned.filter(pk=notice.recipient_id).exists():
        return None
    return Mail(notice.occasion, {"cohort": cohort})


register(Occasion("meetings.cohort_cancelled", cancelled))
