from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("", include("lms.people.urls.sign_in")),
    path("konto/", include("allauth.urls")),
    path("konto/", include("lms.people.urls.work_accounts")),
    path("sprog/", set_language, name="set_language"),
    # Wagtail's own sign-in pages would know neither our limits nor second factors.
    path("admin/login/", RedirectView.as_view(pattern_name="people:admin_login", query_string=True), name="admin_door"),
    path("admin/", include(wagtailadmin_urls)),
    path("dokumenter/", include(wagtaildocs_urls)),
    path("", include("lms.home.urls")),
    path("", include("lms.people.urls")),
    path("", include("lms.meetings.urls")),
    path("", include("courses.urls")),
    path("", include("supervision.urls")),
    path("", include("lms.forum.urls")),
    path("sider/_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("sider/", include(wagtail_urls)),
]
