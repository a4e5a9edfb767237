from django.urls import path

from lms.home import views

app_name = "home"

urlpatterns = [
    path("", views.front, name="front"),
    path("privatliv/", views.privacy, name="privacy"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("retningslinjer/", views.guidelines, name="guidelines"),
    path("kontakt/", views.contact, name="contact"),
    path("overblik/", views.overview, name="overview"),
    path("demo/rolle/", views.demo_sign_in, name="demo_sign_in"),
    path("healthz", views.healthz, name="healthz"),
]
