"""Every address that can begin a session, or that asks for a password, a code or a key; and how each is kept."""

import inspect
from collections.abc import Iterator

from django.urls import URLPattern, get_resolver

# Asks for a secret, or begins a session; its limit is in tests/people/test_limits.py, unless it says something else here.
OPEN = {
    "account_login": "limited by place and by address",
    "account_request_login_code": "limited by place and by address",
    "account_confirm_login_code": "three tries a code",
    "account_reset_password": "limited by place and by address",
    "account_reset_password_from_key": "a key nobody guesses; limited by place",
    "account_reauthenticate": "limited by person",
    "account_change_password": "asks for the present one; limited by person",
    "account_set_password": "for whoever is signed in and has none",
    "mfa_authenticate": "limited by person and by place",
    "mfa_reauthenticate": "limited by person and by place",
    "mfa_reauthenticate_webauthn": "limited by person; nothing to guess",
    "mfa_login_webauthn": "limited by place; nothing to guess",
    "mfa_trust": "after the second factor alone",
    "mfa_activate_totp": "for whoever is signed in; limited by person",
    "mfa_add_webauthn": "for whoever is signed in",
    "people:first_passkey": "for whoever is signed in",
    "people:invitation": "a token nobody guesses; counts once",
    "people:new_invitation": "limited by place and by address",
    "people:work_sign_in": "limited by place; takes no secret",
    "openid_connect_callback": "an answer to a question asked in this browser",
    "saml_acs": "the same",
    "saml_finish_acs": "the same",
    "home:demo_sign_in": "in the demo alone",
}
# Other packages' doors: they lead to ours.
LEADING_ON = {
    "admin_door": "/admin/login/",
    "wagtailadmin_login": "/admin/login/",
    "people:admin_login": "/log-ind-til-redaktionen/",
    "wagtailcore_login": "/sider/_util/login/",
    "None sider/_util/login/": "/sider/_util/login/",
}
# These do not exist here.
CLOSED = {
    "account_email": "/konto/email/",
    "wagtaildocs_authenticate_with_password": "/dokumenter/authenticate_with_password/1/",
    "wagtailcore_authenticate_with_password": "/sider/_util/authenticate_with_password/1/1/",
}
# Bricked up in their own package: signing up, and a second way to a new password.
BRICKED_UP = {
    "account_signup": "/konto/signup/",
    "socialaccount_signup": "/konto/3rdparty/signup/",
    "wagtailadmin_password_reset": "/admin/password_reset/",
    "wagtailadmin_password_reset_done": "/admin/password_reset/done/",
    "wagtailadmin_password_reset_confirm": "/admin/password_reset/confirm/MQ/set-password/",
    "wagtailadmin_password_reset_complete": "/admin/password_reset/complete/",
}
# In a suspicious place, but they ask for nothing and begin nothing.
NO_DOORS = {
    "the way out": "account_logout wagtailadmin_logout saml_sls people:end_session people:sign_out_everywhere",
    "says something": "account_inactive account_email_verification_sent account_reset_password_done socialaccount_login_error"
    " account_reset_password_from_key_done socialaccount_login_cancelled saml_metadata people:second_factor",
    "for whoever is signed in": "socialaccount_connections usersessions_list people:sessions people:account"
    " wagtailadmin_account mfa_index mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes"
    " mfa_download_recovery_codes mfa_list_webauthn mfa_remove_webauthn mfa_edit_webauthn people:reset_factors"
    " people:work_accounts people:new_work_account people:work_account people:try_work_account people:switch_work_account"
    " people:work_account_trial people:remove_work_link people:history people:openings people:own_data people:erase_account"
    " people:keep_account people:organisations people:organisation people:add_member people:change_job"
    " people:end_membership",
    "confirms an address that somebody signed in has added": "account_confirm_email",
    "a link with a token of its own, which shows one thing and begins no session": "meetings:offer_by_link meetings:feed"
    " meetings:answer_by_link meetings:leave_by_link people:regret_erasure",
    "of Wagtail's, closed to every role of ours": "wagtailusers_users:index wagtailusers_users:index_results"
    " wagtailusers_users:add wagtailusers_users:edit wagtailusers_users:delete wagtailusers_users:history"
    " wagtailusers_users:history_results",
    "pages and files, read by whoever may": "wagtail_serve wagtaildocs_serve home:mailbox home:mailbox_message",
    "old addresses of the ones above": "None konto/social/login/cancelled/;None konto/social/login/error/"
    ";None konto/social/signup/",
}
LISTED = {*OPEN, *LEADING_ON, *CLOSED, *BRICKED_UP} | {
    name for names in NO_DOORS.values() for name in (names.split(";") if ";" in names else names.split())
}

PACKAGES = (
    "allauth", "django.contrib.auth", "wagtail.admin.views.account", "wagtail.views", "wagtail.documents.views.serve",
    "lms.people.views", "lms.home.views.demo",
)  # fmt: skip
WORDS = ("login", "log-ind", "password", "adgangskode", "signup", "token>")
# What a view of ours needs to begin a session or to look at a secret.
TOOLS = {
    "login", "perform_login", "resume_login", "perform_password_login", "complete_social_login", "authenticate",
    "check_password", "LoginView", "update_session_auth_hash",
}  # fmt: skip


def patterns(resolver=None, namespace="", prefix="") -> Iterator[tuple[str, str, object]]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}" if entry.name else f"None {route}"
            yield name, route, getattr(entry.callback, "view_class", inspect.unwrap(entry.callback))
        else:
            yield from patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, route)


def is_suspect(route: str, view) -> bool:
    module = inspect.getmodule(view)
    return (
        module.__name__.startswith(PACKAGES) or any(word in route for word in WORDS) or bool(TOOLS & set(vars(module)))
    )
