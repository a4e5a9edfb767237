import re
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.backends.guarded_http import AddressRefused, refuse_unsafe
from lms.people.forms.fields import AddressField, LineField
from lms.people.forms.guarded import GuardedFormMixin
from lms.people.methods.certificates import NotACertificate, bodies_in, expiry_of
from lms.people.methods.problems import Problem
from lms.people.methods.saml_metadata import LARGEST, NotMetadata, described_in
from lms.people.models import Organisation, WorkAccount, WorkAccountDomain

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
# Whoever can open a mailbox there would be the organisation's.
EVERYBODYS = frozenset(
    {
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.dk", "outlook.com", "outlook.dk", "live.com", "live.dk",
        "msn.com", "yahoo.com", "yahoo.dk", "icloud.com", "me.com", "mail.dk", "proton.me", "protonmail.com",
        "jubii.dk", "ofir.dk", "post.tele.dk",
    }
)  # fmt: skip
CLAIM_FIELDS = ("email_claim", "name_claim", "subject_claim")
ADDRESSES = {"sso_url": AddressField, "slo_url": AddressField}
# Microsoft's issuers that let every organisation of the world in.
EVERYBODYS_ISSUERS = re.compile(r"/(?:common|organizations|consumers)(?:/|$)|\{tenant", re.IGNORECASE)


class WorkEmailForm(GuardedFormMixin, forms.Form):
    """The address that shows the way to the right sign-in."""

    email = forms.EmailField(
        label=_("Work e-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class NewWorkAccountForm(GuardedFormMixin, forms.ModelForm):
    """Whose sign-in it is, and of which kind. Our own addresses follow from that."""

    class Meta:
        model = WorkAccount
        fields = ("organisation", "shape")
        widgets = {"shape": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.order_by("name")
        self.fields["shape"].choices = WorkAccount.Shape.choices


class ConnectionForm(GuardedFormMixin, forms.ModelForm):
    """What the two kinds share."""

    # What two machines call each other; and eight digits are a company here, no phone.
    unasked = frozenset({"domains", "client_id", "email_claim", "name_claim", "subject_claim", "metadata_file", "cvr"})

    domains = forms.CharField(
        label=_("E-mail domains"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("What stands after the @ in the addresses of the organisation's people. One on each line."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["domains"].initial = "\n".join(self.instance.domains.values_list("name", flat=True))
        reading = self.instance.reading
        read = {"email": reading.email, "name": reading.name, "subject": reading.subject or ("Name ID",)}
        for what, names in read.items():
            self.fields[f"{what}_claim"].help_text = _("Empty means: %(names)s") % {"names": ", ".join(names)}

    def clean_domains(self):
        domains = self.cleaned_data["domains"].lower().replace("@", " ").replace(",", " ").split()
        for domain in domains:
            self._check_domain(domain)
        return sorted(set(domains))

    def _check_domain(self, domain):
        if not DOMAIN.fullmatch(domain):
            raise forms.ValidationError(
                _("»%(domain)s« is no domain. Write it like this: viborg.dk"), params={"domain": domain}
            )
        if domain in EVERYBODYS:
            raise forms.ValidationError(_("Anybody can get an address at %(domain)s."), params={"domain": domain})
        if WorkAccountDomain.objects.filter(name=domain).exclude(account=self.instance).exists():
            message = _("%(domain)s leads to another work account already.")
            raise forms.ValidationError(message, params={"domain": domain})

    def clean_cvr(self):
        cvr = self.cleaned_data["cvr"].replace(" ", "")
        if not re.fullmatch(r"\d{8}", cvr):
            raise forms.ValidationError(_("A CVR number has eight digits."))
        return cvr

    @property
    def connection(self) -> dict[str, str]:
        """The fields of the row that were filled in."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}


def https_only(url: str) -> str:
    """:raises ValidationError: for an address this site would never ask or send anybody to."""
    try:
        refuse_unsafe(url)
    except AddressRefused as error:
        raise forms.ValidationError(_("Write an address that begins with https://")) from error
    return url


class OIDCForm(ConnectionForm):
    client_secret = forms.CharField(
        label=_("Client secret"),
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    unguarded = GuardedFormMixin.unguarded | {"client_secret"}

    class Meta:
        model = WorkAccount
        fields = ("issuer", "client_id", "email_claim", "name_claim", "subject_claim")
        field_classes = dict.fromkeys(("client_id", *CLAIM_FIELDS), LineField) | {"issuer": AddressField}

    field_order = ("domains", "issuer", "client_id", "client_secret", "email_claim", "name_claim", "subject_claim")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["issuer"].required = self.fields["client_id"].required = True
        self.fields["client_secret"].required = not self.instance.sealed_secret
        self.fields["issuer"].help_text = (
            "https://login.microsoftonline.com/TENANT-ID/v2.0"
            if self.instance.shape == WorkAccount.Shape.ENTRA
            else _("Letter for letter as the provider's discovery document says it.")
        )
        self.fields["client_secret"].help_text = (
            _("We have one. Leave this empty to keep it.")
            if self.instance.sealed_secret
            else _("It is stored sealed and never shown again.")
        )

    def clean_issuer(self):
        issuer = https_only(self.cleaned_data["issuer"])
        if EVERYBODYS_ISSUERS.search(issuer):
            raise forms.ValidationError(
                _("This issuer lets every organisation in. Write the one with your own tenant id.")
            )
        return issuer

    @property
    def secret(self) -> str:
        return self.cleaned_data["client_secret"]


class SAMLForm(ConnectionForm):
    metadata = forms.CharField(
        label=_("The provider's metadata"),
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_("Paste the whole XML, or choose the file below. It fills in the four fields that follow."),
    )
    metadata_file = forms.FileField(label=_("Metadata as a file"), required=False)

    cvr = LineField(label=_("CVR number"), max_length=20)

    secret = ""
    # Base64 and generated marks: any of it can look like a number of a person's, and none of it is anybody's words.
    unguarded = GuardedFormMixin.unguarded | {"metadata", "certificates", "entity_id"}

    class Meta:
        model = WorkAccount
        fields = (
            "entity_id", "sso_url", "slo_url", "certificates", "cvr", "email_claim", "name_claim", "subject_claim",
        )  # fmt: skip
        field_classes = dict.fromkeys(("entity_id", *CLAIM_FIELDS), LineField) | ADDRESSES
        widgets = {"certificates": forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})}

    field_order = ("domains", "cvr", "metadata", "metadata_file", "entity_id", "sso_url", "slo_url", "certificates")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.reading.needs_cvr:
            self.fields["cvr"].help_text = _(
                "KOMBIT speaks for all municipalities; the number says that it is this one."
            )
        else:
            del self.fields["cvr"]

    def clean_metadata_file(self):
        file = self.cleaned_data["metadata_file"]
        if file is None:
            return ""
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than any metadata."))
        return file.read().decode("utf-8", "replace")

    def clean_certificates(self):
        text = self.cleaned_data["certificates"].strip()
        return checked_certificates(text, timezone.now()) if text else ""

    def clean_sso_url(self):
        return self._clean_address("sso_url")

    def clean_slo_url(self):
        return self._clean_address("slo_url")

    def _clean_address(self, name):
        url = self.cleaned_data[name]
        return https_only(url) if url else ""

    def clean(self):
        cleaned = super().clean()
        if text := cleaned.get("metadata_file") or cleaned.get("metadata"):
            self._fill_in(cleaned, text)
        for name in ("entity_id", "sso_url", "certificates"):
            if not cleaned.get(name) and not self.errors.get(name) and not self.errors.get("metadata"):
                self.add_error(name, _("Paste the metadata above, or write this yourself."))
        return cleaned

    def _fill_in(self, cleaned, text):
        """What the metadata says wins over what stood in the fields."""
        try:
            described = described_in(text)
            cleaned["certificates"] = checked_certificates("\n\n".join(described.certificates), timezone.now())
            cleaned["sso_url"] = https_only(described.sso_url)
            cleaned["slo_url"] = https_only(described.slo_url) if described.slo_url else ""
        except NotMetadata:
            message = _("This is no metadata of an identity provider with HTTP-Redirect and a certificate for signing.")
            self.add_error("metadata", message)
        except forms.ValidationError as error:
            self.add_error("metadata", error)
        else:
            cleaned["entity_id"] = described.entity_id
            for name in ("entity_id", "sso_url", "slo_url", "certificates"):
                self.errors.pop(name, None)


def checked_certificates(text: str, now: datetime) -> str:
    """:raises ValidationError: for what is no certificate, and for one that has run out."""
    try:
        bodies = bodies_in(text)
    except NotACertificate as error:
        raise forms.ValidationError(_("This is no certificate. Paste it with its first and last line.")) from error
    if expiry_of(bodies) <= now:
        raise forms.ValidationError(Problem.CERTIFICATE_EXPIRED.label)
    return "\n\n".join(bodies)


class SwitchForm(GuardedFormMixin, forms.ModelForm):
    """Whether the work account lets people in, and how much it counts."""

    class Meta:
        model = WorkAccount
        fields = ("is_active", "is_required", "counts_as_second_factor")
        help_texts = {
            "is_active": _("People of these domains can sign in with it, once a test has gone well."),
            "is_required": _(
                "Password, code and passkey no longer let these people in: whoever is closed at the organisation is"
                " closed here too, at the end of the working day at the latest."
            ),
            "counts_as_second_factor": _(
                "Choose this only if the organisation itself asks everybody for two factors. Without it, people who"
                " must have two are asked for one more, unless the provider says that it asked."
            ),
        }


def form_for(account: WorkAccount, *args) -> ConnectionForm:
    kind = OIDCForm if account.is_oidc else SAMLForm
    return kind(*args, instance=account)
