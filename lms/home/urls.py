from django.urls import path
from django.views.generic import RedirectView

from lms.home import views

app_name = "home"

urlpatterns = [
    path("", views.front, name="front"),
    path("privatliv/", views.privacy, name="privacy"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("was", RedirectView.as_view(pattern_name="home:accessibility"), name="was"),
    path("retningslinjer/", views.guidelines, name="guidelines"),
    path("dine-oplysninger/", views.information, name="information"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("kontakt/", views.contact, name="contact"),
    path("overblik/", views.overview, name="overview"),
    path("soeg/", views.search, name="search"),
    path("demo/rolle/", views.demo_sign_in, name="demo_sign_in"),
    path("demo/post/", views.mailbox, name="mailbox"),
    path("demo/post/<str:key>/", views.mailbox_message, name="mailbox_message"),
    path("healthz", views.healthz, name="healthz"),
]
