"""Where identity providers send people back to. The names are those allauth knows; the views are ours."""

from django.urls import path

from lms.people import views

urlpatterns = [
    path("oidc/<str:provider_id>/login/callback/", views.oidc_callback, name="openid_connect_callback"),
    path("saml/<str:organization_slug>/acs/", views.saml_acs, name="saml_acs"),
    path("saml/<str:organization_slug>/acs/finish/", views.saml_finish_acs, name="saml_finish_acs"),
    path("saml/<str:organization_slug>/sls/", views.saml_sls, name="saml_sls"),
    path("saml/<str:organization_slug>/metadata/", views.saml_metadata, name="saml_metadata"),
]
