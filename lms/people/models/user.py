import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from lms.people.models.access import access_of

# Who stands where somebody was erased: a row without a person behind it. No mail server answers to the domain.
FORMER_DOMAIN = "slettet.invalid"


class UserQuerySet(models.QuerySet):
    def real(self):
        """Without those who stand for people who were erased."""
        return self.exclude(email__endswith=f"@{FORMER_DOMAIN}")

    def visible_to(self, user):
        """Colleagues a person meets here: everybody with access, for people who have access themselves."""
        access = access_of(user)
        if access.has_any:
            return self.filter(is_active=True)
        return self.filter(pk=user.pk)

    def with_address(self, email: str):
        return self.filter(email=email.strip().lower())


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc] # a class made at run time
    def create_user(self, email, password=None, **fields):
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person's one account, whoever they work for. It outlives jobs and keeps the learning history."""

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(
        _("language"), max_length=2, default="da", choices=[("da", _("Danish")), ("en", _("English"))]
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # The calendar address is derived from these two by a keyed hash; raising the number retires the old address.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar_rotation = models.PositiveIntegerField(default=0, editable=False)
    # A device remembered until then is asked for the second factor again.
    devices_forgotten_at = models.DateTimeField(null=True, editable=False)

    # Which edition of the page about what is kept (article 13) the person has been shown, and when.
    informed_edition = models.PositiveIntegerField(default=0, editable=False)
    informed_at = models.DateTimeField(null=True, editable=False)

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def from_db(cls, *args, **kwargs):
        person = super().from_db(*args, **kwargs)
        person.__dict__["_stored"] = {name: person.__dict__.get(name) for name in ("email", "is_active")}
        return person

    def save(self, *args, update_fields=None, **kwargs):
        """Whichever door a new e-mail or the end of an account comes through, the old calendar address ends with it.

        The end of an account also ends its sessions, for good: they do not come back with the account.
        """
        changing = {"email", "is_active"} if update_fields is None else set(update_fields)
        if self._is_deactivated(changing):
            self.end_sessions()
        if retires := self._leaves_calendar_behind(changing):
            self.calendar_rotation = models.F("calendar_rotation") + 1
            update_fields = None if update_fields is None else {*update_fields, "calendar_rotation"}
        super().save(*args, update_fields=update_fields, **kwargs)
        if retires:
            self.refresh_from_db(fields=["calendar_rotation"])
        self.__dict__["_stored"] = {"email": self.email, "is_active": self.is_active}

    def _leaves_calendar_behind(self, changing: set[str]) -> bool:
        stored = self.__dict__.get("_stored", {})
        has_moved = "email" in changing and stored.get("email") not in {None, self.email}
        return has_moved or self._is_deactivated(changing)

    def _is_deactivated(self, changing: set[str]) -> bool:
        was_active = self.__dict__.get("_stored", {}).get("is_active")
        return "is_active" in changing and bool(was_active) and not self.is_active

    def end_sessions(self) -> None:
        """Every sign-in writes one of these rows, whichever door it came through."""
        for session in self.usersession_set.all():  # type: ignore[attr-defined] # of another package
            session.end()

    def clean(self):
        self.email = self.email.strip().lower()

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.partition(" ")[0]

    @property
    def is_staff(self):
        """Asked by other packages; the back office is for editors and administrators."""
        return self.is_superuser
