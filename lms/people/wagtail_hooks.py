"""The way from the back office to what administrators set up beside it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from lms.people.rules import can_reset_factors, can_set_up_work_accounts


class WorkAccountsItem(MenuItem):
    def is_shown(self, request):
        return can_set_up_work_accounts(request.user)


class ResetFactorsItem(MenuItem):
    def is_shown(self, request):
        return can_reset_factors(request.user)


@hooks.register("register_admin_menu_item")
def reset_factors_item():
    return ResetFactorsItem(
        _("Lost phone"), reverse("people:reset_factors"), name="reset-factors", icon_name="mobile-alt", order=910
    )


@hooks.register("register_admin_menu_item")
def work_accounts_item():
    return WorkAccountsItem(
        _("Work accounts"), reverse("people:work_accounts"), name="work-accounts", icon_name="key", order=900
    )
