"""Passwords that anybody who knows this site would try first."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The site, its method, its roles and its days, as one would type them, with or without the Danish letters.
OURS = re.compile(
    r"fodf(?:æ|ae|a)ste|jobformidler(?:ne|en|e)?|jobkonsulent(?:er|en)?|supervision(?:en|sdag)?|supervisor|kursist(?:er)?"
    r"|kommunen?|individuelt|planlagt|undervisning|psykiatri(?:en)?|star|ips|flereskalmed|beskæftigelse|velkommen"
)
# Figures and signs are what people put behind a word.
ORNAMENT = re.compile(r"[\W\d_]+")
ENOUGH = 8


class EnoughBesideOurWords:
    """Refuses what is little more than our own words with figures behind them (OWASP ASVS 5.0, 6.2.11)."""

    def validate(self, password, user=None):  # noqa: ARG002 - Django's own signature
        plain = ORNAMENT.sub("", password.casefold())
        rest = OURS.sub("", plain)
        if rest != plain and len(rest) < ENOUGH:
            raise ValidationError(self.get_help_text(), code="password_of_our_words")

    def get_help_text(self):
        return _("The password must not be made of the words of this site: others would try those first.")
