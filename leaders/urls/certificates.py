from django.urls import path

from ..views import certificates, cohort_certificates, verification

urlpatterns = [
    path("leaders/certificates/", certificates.my_certificates, name="my_certificates"),
    path("leaders/certificates/<int:pk>/", certificates.certificate, name="certificate"),
    path("leaders/certificates/<int:pk>.pdf", certificates.sheet, name="certificate_sheet"),
    path("leaders/certificates/<int:pk>/revoke/", certificates.revoke, name="revoke_certificate"),
    path("leaders/certificates/<int:pk>/replace/", certificates.replace, name="replace_certificate"),
    path("leaders/register/", certificates.register, name="register"),
    path("leaders/register.csv", certificates.register_csv, name="register_csv"),
    path("leaders/<int:pk>/certificates/", cohort_certificates.issued, name="cohort_certificates"),
    path("leaders/<int:pk>/certificates.csv", cohort_certificates.issued_csv, name="cohort_certificates_csv"),
    path("leaders/<int:pk>/certificates/rest/", cohort_certificates.rest, name="without_certificate"),
    path("leaders/<int:pk>/certificates/issue/", cohort_certificates.issue_all, name="issue_certificates"),
    path("leaders/enrolments/<int:pk>/certificate/", cohort_certificates.issue_one, name="issue_certificate"),
    path("leaders/certificates/runs/<int:pk>/", cohort_certificates.run, name="issue_run"),
    path("certificates/", verification.ask, name="check_certificate"),
    path("certificates/<str:code>/", verification.verify, name="verify_certificate"),
]
