from django.urls import URLPattern, path

from lms.meetings.views import answers, attendance, calendars, checkin, cohorts, imports, mails, meetings, people, polls

app_name = "meetings"

urlpatterns: list[URLPattern] = [
    path("hold/", cohorts.cohorts, name="cohorts"),
    path("hold/<slug:slug>/", cohorts.cohort, name="cohort"),
    path("hold/<slug:slug>/aflys/", cohorts.cancel, name="cancel_cohort"),
    path("hold/<slug:slug>/kursister/", people.people, name="people"),
    path("hold/<slug:slug>/kursister/ryk/", people.remind, name="remind"),
    path("hold/<slug:slug>/kursister/importer/", imports.upload, name="import"),
    path("hold/<slug:slug>/kursister/importer/<uuid:public_id>/", imports.preview, name="import_preview"),
    path("hold/<slug:slug>/afviste-mails/", answers.refused_mails, name="refused_mails"),
    path("hold/<slug:slug>/udbakke/", mails.outbox, name="outbox"),
    path("hold/<slug:slug>/paamindelser/", mails.reminders, name="reminders"),
    path("hold/<slug:slug>/paamindelser/<slug:kind>/<slug:moment>/", mails.reminder, name="reminder"),
    path("afviste-mails/", answers.unplaced_mails, name="unplaced_mails"),
    path("moede/<int:pk>/", meetings.meeting, name="meeting"),
    path("moede/<int:pk>.ics", meetings.meeting_ics, name="meeting_ics"),
    path("moede/<int:pk>/svar/", meetings.answer, name="answer"),
    path("moede/svar/<str:token>/", answers.answer_by_link, name="answer_by_link"),
    path("moede/svar/<str:token>/stop/", answers.leave_by_link, name="leave_by_link"),
    path("moede/<int:pk>/ret/", meetings.change, name="change"),
    path("moede/<int:pk>/aflys/", meetings.cancel, name="cancel"),
    path("moede/<int:pk>/fremmoede/", attendance.attendance, name="attendance"),
    path("moede/<int:pk>/fremmoede/uventet/", attendance.walk_in, name="walk_in"),
    path("moede/<int:pk>/fremmoede/uventet/flet/", attendance.merge, name="merge_walk_in"),
    path("moede/<int:pk>/fremmoede/bekraeft/", attendance.confirm, name="confirm_check_in"),
    path("moede/<int:pk>/underskrift.pdf", attendance.signatures, name="signatures"),
    path("moede/<int:pk>/indtjek/", checkin.project, name="project_code"),
    path("moede/<int:pk>/her/", checkin.here, name="here"),
    path("mit-fremmoede/", attendance.own, name="own_attendance"),
    path("gruppe/<int:pk>/datoer/", polls.polls, name="polls"),
    path("gruppe/<int:pk>/datoer/ny/", polls.ask_dates, name="ask_dates"),
    path("datoer/<int:pk>/", polls.poll, name="poll"),
    path("datoer/<int:pk>/ryk/", polls.nudge_poll, name="nudge_poll"),
    path("datoer/<int:pk>/luk/", polls.close_poll, name="close_poll"),
    path("min-kalender/", calendars.calendar, name="calendar"),
    path("kalender/<slug:token>.ics", calendars.feed, name="feed"),
]
