"""What a person is right now: read once per request, asked by every ``visible_to``."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Held:
    """A membership that holds today, with what every page says of the organisation."""

    role: str
    organisation_id: int | None
    organisation: str = ""
    code: str = ""


@dataclass(frozen=True)
class Access:
    """The roles a person holds today, and with whom."""

    held: tuple[Held, ...] = field(default_factory=tuple)

    @property
    def has_any(self) -> bool:
        return bool(self.held)

    @property
    def roles(self) -> set[str]:
        return {held.role for held in self.held}

    def has(self, *roles: str) -> bool:
        return any(held.role in roles for held in self.held)

    def organisations(self, *roles: str) -> list[int]:
        """Ids of the organisations where the person holds one of ``roles``."""
        return sorted({held.organisation_id for held in self.held if held.role in roles and held.organisation_id})


def access_of(user) -> Access:
    """The access of ``user`` today: one query per user object, so an ended membership bites at the next request."""
    if not user.is_authenticated or not user.is_active:
        return Access()
    if "_access" not in user.__dict__:
        fields = ("role", "organisation_id", "organisation__name", "organisation__code", "organisation__kind")
        rows = user.memberships.current().values_list(*fields)
        user.__dict__["_access"] = Access(
            tuple(
                Held(role, pk, name or "", code if kind == "municipality" else "")
                for role, pk, name, code, kind in rows
            )
        )
    return user.__dict__["_access"]
