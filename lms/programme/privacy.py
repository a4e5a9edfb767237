"""Programmes know municipalities and courses, and no people."""

from django.utils.translation import gettext_lazy as _

from lms.people.methods.privacy import keep_apart

keep_apart(
    _("what courses are about and which municipalities take part"),
    "programme.Programme",
    "programme.Participation",
    "programme.Course",
    "programme.Theme",
    "programme.Principle",
    "programme.TargetGroup",
)
