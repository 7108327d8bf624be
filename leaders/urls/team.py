from django.urls import path

from ..views import team

urlpatterns = [
    path("leaders/<int:pk>/team/", team.team, name="cohort_team"),
    path("leaders/<int:pk>/team/<int:role_pk>/end/", team.end, name="end_cohort_role"),
]
