from django.urls import path

from ..views import cohorts

urlpatterns = [path("leaders/<int:pk>/", cohorts.cohort, name="cohort")]
