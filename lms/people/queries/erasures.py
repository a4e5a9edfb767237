from lms.people.models import ErasureRequest, User


def erasure_behind(token: str) -> ErasureRequest | None:
    """What a link to regret leads to; nothing once it was regretted or carried out."""
    found = ErasureRequest.objects.select_related("person").with_token(token)
    return found if found and found.is_open else None


def erasure_of(person: User) -> ErasureRequest | None:
    return person.erasure_requests.open().first()
