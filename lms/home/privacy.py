"""What the pages of text hold of people: nothing; who worded them stands in Wagtail's revisions."""

from django.utils.translation import gettext_lazy as _

from lms.people.methods.privacy import keep_apart

keep_apart(_("texts for everybody, worded by administrators"), "home.PublicPage")
