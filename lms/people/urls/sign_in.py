"""Addresses of other packages that we answer ourselves. They stand before theirs, under the names those know."""

from django.urls import path
from django.views.generic import RedirectView

from lms.people import views

urlpatterns = [
    path("konto/email/", views.closed, name="account_email"),
    path("konto/sessions/", RedirectView.as_view(pattern_name="people:sessions"), name="usersessions_list"),
    path("konto/2fa/webauthn/keys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path(
        "dokumenter/authenticate_with_password/<int:restriction_id>/",
        views.closed,
        name="wagtaildocs_authenticate_with_password",
    ),
    path(
        "sider/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        views.closed,
        name="wagtailcore_authenticate_with_password",
    ),
]
