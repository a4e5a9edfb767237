"""Addresses of allauth's that we answer ourselves. They stand before its own, under the names it knows."""

from django.urls import path
from django.views.generic import RedirectView

from lms.people import views

urlpatterns = [
    path("sessions/", RedirectView.as_view(pattern_name="people:sessions"), name="usersessions_list"),
    path("2fa/webauthn/keys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
]
