from django.urls import path

from supervision import views

app_name = "supervision"

urlpatterns = [
    path("supervision/", views.home, name="home"),
    path("supervision/gruppe/<int:pk>/", views.group, name="group"),
    path("supervision/gruppe/<int:pk>/dage/nye/", views.plan_days, name="plan_days"),
    path("supervision/datoer/<int:pk>/vaelg/", views.choose_date, name="choose_date"),
    path("supervision/dag/<int:pk>/", views.day, name="day"),
    path("supervision/dag/<int:pk>/case/", views.new_case, name="new_case"),
    path("supervision/dag/<int:pk>/laering/", views.note_learning, name="note_learning"),
    path("supervision/dag/<int:pk>/naeste-skridt/", views.add_next_step, name="add_next_step"),
    path("supervision/case/<int:pk>/", views.case, name="case"),
    path("supervision/case/<int:pk>/aabnet/", views.openings, name="openings"),
    path("supervision/case/<int:pk>/ret/", views.edit_case, name="edit_case"),
    path("supervision/case/<int:pk>/tilbage/", views.take_back_case, name="take_back_case"),
    path("supervision/case/<int:pk>/slet/", views.delete_case, name="delete_case"),
    path("supervision/laering/<int:pk>/godkend/", views.approve_learning, name="approve_learning"),
    path("supervision/naeste-skridt/<int:pk>/", views.tell_next_step, name="tell_next_step"),
]
