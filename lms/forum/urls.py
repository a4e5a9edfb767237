from django.urls import path, register_converter

from lms.forum import views

app_name = "forum"

KINDS = {
    "practice": "praksisbeskrivelse",
    "success": "succes",
    "challenge": "udfordring",
    "question": "spoergsmaal",
    "tool": "vaerktoej",
}


class KindConverter:
    """Danish in the address, English in the code."""

    regex = "|".join(KINDS.values())

    def to_python(self, value):
        return next(kind for kind, word in KINDS.items() if word == value)

    def to_url(self, value):
        return KINDS[value]


register_converter(KindConverter, "discussion_kind")

urlpatterns = [
    path("faellesskab/", views.discussions, name="discussions"),
    path("faellesskab/ny/", views.new, name="new"),
    path("faellesskab/ny/<discussion_kind:kind>/", views.write, name="write"),
    path("faellesskab/<int:pk>/", views.discussion, name="discussion"),
    path("faellesskab/<int:pk>/ret/", views.edit, name="edit"),
    path("faellesskab/<int:pk>/svar/", views.reply, name="reply"),
    path("faellesskab/<int:pk>/proevet/", views.tried, name="tried"),
    path("faellesskab/<int:pk>/foelg/", views.follow, name="follow"),
    path("faellesskab/<int:pk>/anmeld/", views.report, name="report"),
    path("faellesskab/<int:pk>/skjul/", views.hide, name="hide"),
    path("faellesskab/svar/<int:pk>/ret/", views.edit_reply, name="edit_reply"),
    path("faellesskab/svar/<int:pk>/anmeld/", views.report_reply, name="report_reply"),
    path("faellesskab/svar/<int:pk>/skjul/", views.hide_reply, name="hide_reply"),
]
