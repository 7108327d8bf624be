from django.urls import path

from ..views import cohorts

urlpatterns = [
    path("leaders/new/", cohorts.found, name="found_cohort"),
    path("leaders/<int:pk>/", cohorts.cohort, name="cohort"),
    path("leaders/<int:pk>/course/", cohorts.course, name="cohort_course"),
    path("leaders/<int:pk>/settings/", cohorts.settings, name="cohort_settings"),
    path("leaders/<int:pk>/move/", cohorts.move, name="move_cohort"),
]
