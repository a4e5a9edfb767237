from django.urls import URLPattern, path

from lms.meetings.views import attendance, calendars, cohorts, imports, meetings, people

app_name = "meetings"

urlpatterns: list[URLPattern] = [
    path("hold/", cohorts.cohorts, name="cohorts"),
    path("hold/<slug:slug>/", cohorts.cohort, name="cohort"),
    path("hold/<slug:slug>/kursister/", people.people, name="people"),
    path("hold/<slug:slug>/kursister/ryk/", people.remind, name="remind"),
    path("hold/<slug:slug>/kursister/importer/", imports.upload, name="import"),
    path("hold/<slug:slug>/kursister/importer/<uuid:public_id>/", imports.preview, name="import_preview"),
    path("moede/<int:pk>/", meetings.meeting, name="meeting"),
    path("moede/<int:pk>.ics", meetings.meeting_ics, name="meeting_ics"),
    path("moede/<int:pk>/svar/", meetings.answer, name="answer"),
    path("moede/<int:pk>/ret/", meetings.change, name="change"),
    path("moede/<int:pk>/aflys/", meetings.cancel, name="cancel"),
    path("moede/<int:pk>/fremmoede/", attendance.attendance, name="attendance"),
    path("min-kalender/", calendars.calendar, name="calendar"),
    path("kalender/<slug:token>.ics", calendars.feed, name="feed"),
]
