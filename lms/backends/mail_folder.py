"""An e-mail backend that keeps each message as a file in a maildir: what the demo shows as its mailbox."""

import mailbox

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        folder = mailbox.Maildir(settings.MAIL_FOLDER, create=True)
        for message in email_messages:
            folder.add(message.message().as_bytes())
        return len(email_messages)
