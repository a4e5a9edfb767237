from django.contrib.auth.hashers import MD5PasswordHasher

MADE: list[str] = []


class Counting(MD5PasswordHasher):
    """Cheap, and counts: how long an answer takes tells nothing when the same hashes are made."""

    def encode(self, password, salt):
        MADE.append(self.algorithm)
        return super().encode(password, salt)
