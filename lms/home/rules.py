"""What is due before anything else."""

from lms.people.models import User

# Where a session keeps that its person has not read the present edition of the page of the first sign-in.
MUST_READ = "must_read_information"


def must_read(person: User, edition: int) -> bool:
    return person.informed_edition < edition
