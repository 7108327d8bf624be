from django.urls import path

from ..views import dashboard, progress

urlpatterns = [
    path("leaders/<int:pk>/progress/", progress.my_progress, name="my_progress"),
    path("leaders/enrolments/<int:pk>/progress/", progress.progress, name="progress"),
    path("leaders/<int:pk>/dashboard/", dashboard.dashboard, name="dashboard"),
    path("leaders/<int:pk>/dashboard.csv", dashboard.dashboard_csv, name="dashboard_csv"),
    path("leaders/<int:pk>/dashboard.xlsx", dashboard.dashboard_xlsx, name="dashboard_xlsx"),
]
