from django.urls import path

from courses.views import cohorts, course, day, files, makeup, own_work

app_name = "courses"

urlpatterns = [
    path("forloeb/<slug:slug>/", course.course, name="course"),
    path("forloeb/<slug:slug>/nyt-hold/", cohorts.new_cohort, name="new_cohort"),
    path("mit-forloeb/", course.mine, name="mine"),
    path("materialer/", course.library, name="library"),
    path("materiale/<int:pk>/", files.material, name="material"),
    path("billede/<path:name>", files.image, name="image"),
    path("moede/<int:pk>/indhent/", makeup.make_up, name="make_up"),
    path("indhentning/", makeup.make_ups, name="make_ups"),
    path("indhentning/<int:pk>/svar/", makeup.answer_make_up, name="answer_make_up"),
    path("indhentning/<int:pk>/fortryd/", makeup.withdraw_make_up, name="withdraw_make_up"),
    path("hold/<slug:slug>/dag/<int:number>/", day.day, name="day"),
    path("hold/<slug:slug>/dag/<int:number>/forberedelse/", day.preparation, name="preparation"),
    path("hold/<slug:slug>/dag/<int:number>/refleksion/", own_work.reflection, name="reflection"),
    path("hold/<slug:slug>/dag/<int:number>/proevehandling/", own_work.trial, name="trial"),
    path("hold/<slug:slug>/dag/<int:number>/proevehandling/fortael/", own_work.trial_story, name="trial_story"),
]
