"""What of a meeting is new, as a mail and the cohort's page tell it."""

SHOWN = ("starts_at", "ends_at", "title", "place", "room", "address", "online_link", "notes")


def differences(before, after) -> dict[str, tuple]:
    """The facts that differ, each with what it was and what it is, in the order people read them."""
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in SHOWN}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
