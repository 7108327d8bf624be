from django.urls import path

from ..views import assignments, submissions

urlpatterns = [
    path("leaders/<int:pk>/assignments/", assignments.assignments, name="assignments"),
    path("leaders/<int:pk>/assignments/new/", assignments.new_assignment, name="new_assignment"),
    path("leaders/assignments/<int:pk>/", assignments.assignment, name="assignment"),
    path("leaders/assignments/<int:pk>/edit/", assignments.edit_assignment, name="edit_assignment"),
    path("leaders/assignments/<int:pk>/move/", assignments.move_assignment, name="move_assignment"),
    path("leaders/assignments/<int:pk>/extend/", assignments.extend_assignment, name="extend_assignment"),
    path("leaders/assignments/<int:pk>/upload/", assignments.upload, name="work_upload"),
    path("leaders/assignments/<int:pk>/upload/<uuid:upload>/", assignments.upload, name="work_upload_piece"),
    path("leaders/submissions/<int:pk>/", submissions.submission, name="submission"),
    path("leaders/submissions/<int:pk>/files/<int:file_pk>/", submissions.submission_file, name="submission_file"),
    path("leaders/submissions/<int:pk>/files/<int:file_pk>/drop/", submissions.drop_submission_file, name="drop_submission_file"),
    path("leaders/submissions/<int:pk>/take-back/", submissions.take_back_submission, name="take_back_submission"),
    path("leaders/submissions/<int:pk>/assess/", submissions.assess, name="assess"),
    path("leaders/enrolments/<int:pk>/external/", submissions.external_result, name="external_result"),
]
