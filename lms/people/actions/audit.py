from datetime import datetime

from lms.people.models import AuditEntry


def record(*, by, verb: str, about, now: datetime) -> AuditEntry:
    """Note that ``by`` did ``verb`` to ``about``: ids and the moment, never a name or a text."""
    object_type = about._meta.label_lower
    return AuditEntry.objects.create(actor=by, verb=verb, object_type=object_type, object_id=about.pk, moment=now)
