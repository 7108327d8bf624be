from django.urls import path

from ..views import applications, endorsements

OWN = "leaders/applications/<int:pk>/"

urlpatterns = [
    path("leaders/<int:pk>/apply/", applications.apply, name="apply"),
    path("leaders/applications/", applications.my_applications, name="my_applications"),
    path(OWN, applications.application, name="application"),
    path(f"{OWN}submit/", applications.submit, name="submit_application"),
    path(f"{OWN}reopen/", applications.reopen, name="reopen_application"),
    path(f"{OWN}withdraw/", applications.withdraw, name="withdraw_application"),
    path(f"{OWN}files/<int:file_pk>/", applications.file, name="application_file"),
    path(f"{OWN}files/<int:file_pk>/drop/", applications.drop_file, name="drop_application_file"),
    path(f"{OWN}questions/<int:question_pk>/upload/", applications.upload, name="application_upload"),
    path(f"{OWN}questions/<int:question_pk>/upload/<uuid:upload>/", applications.upload, name="application_upload_piece"),
    path(f"{OWN}endorsement/", endorsements.ask, name="ask_endorsement"),
    path(f"{OWN}endorsement/withdraw/", endorsements.withdraw, name="withdraw_endorsement"),
    path("leaders/endorse/<str:token>/", endorsements.endorse, name="endorse"),
]
