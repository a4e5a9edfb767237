from django.urls import path

from lms.people import views

app_name = "people"

urlpatterns = [
    path("invitation/ny/", views.new_invitation, name="new_invitation"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("min-konto/", views.account, name="account"),
    path("min-konto/foerste-passkey/", views.first_passkey, name="first_passkey"),
    path("log-ind-til-redaktionen/", views.admin_login, name="admin_login"),
]
