"""What courses hold of people: own work, and who has written and published what."""

from courses.privacy import content, learning

__all__ = ["content", "learning"]
