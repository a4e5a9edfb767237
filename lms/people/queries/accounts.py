from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from lms.people.models import User


@dataclass(frozen=True)
class SignInMethods:
    """How a person gets in, as the account page lists it."""

    has_password: bool
    passkeys: int
    has_app: bool
    has_recovery_codes: bool

    @property
    def has_second_factor(self) -> bool:
        return self.has_app or self.passkeys > 0


def sign_in_methods_of(person: User) -> SignInMethods:
    kinds = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return SignInMethods(
        has_password=person.has_usable_password(),
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        has_app=Authenticator.Type.TOTP in kinds,
        has_recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
    )
