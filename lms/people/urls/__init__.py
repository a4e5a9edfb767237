from django.urls import path

from lms.people import views

app_name = "people"

urlpatterns = [
    path("invitation/ny/", views.new_invitation, name="new_invitation"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("min-konto/", views.account, name="account"),
    path("min-konto/historik/", views.history, name="history"),
    path("min-konto/aabnet/", views.openings, name="openings"),
    path("min-konto/oplysninger/", views.own_data, name="own_data"),
    path("min-konto/slet/", views.erase_account, name="erase_account"),
    path("min-konto/behold/", views.keep_account, name="keep_account"),
    path("min-konto/fortryd/<str:token>/", views.regret_erasure, name="regret_erasure"),
    path("min-konto/foerste-passkey/", views.first_passkey, name="first_passkey"),
    path("min-konto/to-trin/", views.second_factor, name="second_factor"),
    path("min-konto/her-er-du-logget-ind/", views.sessions, name="sessions"),
    path("min-konto/her-er-du-logget-ind/<int:pk>/log-ud/", views.end_session, name="end_session"),
    path("min-konto/log-ud-alle-steder/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("nulstil/to-trin/", views.reset_factors, name="reset_factors"),
    path("log-ind-til-redaktionen/", views.admin_login, name="admin_login"),
    path("log-ind-med-arbejdskonto/", views.work_sign_in, name="work_sign_in"),
    path("organisationer/", views.organisations, name="organisations"),
    path("organisationer/<slug:key>/", views.organisation, name="organisation"),
    path("organisationer/<slug:key>/ny/", views.add_member, name="add_member"),
    path("organisationer/<slug:key>/<int:pk>/slut/", views.end_membership, name="end_membership"),
    path("organisationer/<slug:key>/<int:pk>/flyt/", views.change_job, name="change_job"),
    path("arbejdskonti/", views.work_accounts, name="work_accounts"),
    path("arbejdskonti/ny/", views.new_work_account, name="new_work_account"),
    path("arbejdskonti/<uuid:public_id>/", views.work_account, name="work_account"),
    path("arbejdskonti/<uuid:public_id>/test/", views.try_work_account, name="try_work_account"),
    path("arbejdskonti/<uuid:public_id>/resultat/", views.work_account_trial, name="work_account_trial"),
    path("arbejdskonti/<uuid:public_id>/brug/", views.switch_work_account, name="switch_work_account"),
    path("arbejdskonti/<uuid:public_id>/fjern/<int:pk>/", views.remove_work_link, name="remove_work_link"),
]
