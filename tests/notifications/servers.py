"""Mail servers that behave as told: what each address is answered with stands in ``ANSWERS``."""

from django.core.mail.backends.locmem import EmailBackend as Accepting

ANSWERS: dict[str, Exception] = {}


class Scripted(Accepting):
    """Accepts everything, except for addresses with an answer of their own."""

    def send_messages(self, messages):
        for message in messages:
            if answer := ANSWERS.get(message.to[0]):
                raise answer
        return super().send_messages(messages)


class Absent(Accepting):
    """Nobody answers at all."""

    def open(self):
        raise ConnectionRefusedError

    def close(self):
        return None
