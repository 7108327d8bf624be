"""Addresses of programmes, cohorts, their seats and certificates."""

# method, name, thing; guest, unverified, member, owner, colleague, coordinator, staff
TABLE = """
GET   catalogue                -                 200  200  200  200  200  200  200
GET   cohort                   cohort            200  200  200  200  200  200  200
GET   cohort                   draft-cohort      404  404  404  200  404  404  200
GET   found_cohort             -                 302  404  404  404  404  404  200
POST  found_cohort             -                 302  404  404  404  404  404  422
GET   cohort_course            cohort            302  404  404  200  200  404  404
GET   cohort_course            draft-cohort      302  404  404  404  404  404  404
GET   cohort_team              cohort            302  404  404  200  200  404  200
GET   cohort_team              draft-cohort      302  404  404  200  404  404  200
POST  cohort_team              cohort            302  404  404  422  404  404  422
POST  end_cohort_role          cohort            302  404  404  302  404  404  302
GET   cohort_settings          cohort            302  404  404  200  404  404  200
POST  cohort_settings          cohort            302  404  404  422  404  404  422
POST  move_cohort              cohort            302  404  404  422  404  404  422

GET   my_programmes            -                 302  200  200  200  200  200  200

GET   seats                    cohort            302  404  404  200  404  404  404
GET   change_capacity          cohort            302  404  404  200  404  404  200
POST  change_capacity          cohort            302  404  404  422  404  404  422
GET   enrolment                seat              302  404  404  200  200  404  404
POST  accept_offer             seat              302  404  404  404  302  404  404
POST  decline_offer            seat              302  404  404  404  302  404  404
GET   withdraw_from_cohort     seat              302  404  404  404  200  404  404
POST  withdraw_from_cohort     seat              302  404  404  404  302  404  404
GET   manage_seat              seat              302  404  404  200  404  404  404
POST  manage_seat              seat              302  404  404  422  404  404  404
GET   transfer                 seat              302  404  404  200  404  404  404
POST  transfer                 seat              302  404  404  422  404  404  404

GET   my_certificates          -                 302  200  200  200  200  200  200
GET   certificate              certificate       302  404  404  200  200  404  200
GET   certificate_sheet        certificate       302  404  404  200  200  404  200
GET   revoke_certificate       certificate       302  404  404  200  404  404  200
POST  revoke_certificate       certificate       302  404  404  422  404  404  422
GET   replace_certificate      certificate       302  404  404  200  404  404  200
POST  replace_certificate      certificate       302  404  404  422  404  404  422
GET   register                 -                 302  404  404  404  404  404  200
GET   register_csv             -                 302  404  404  404  404  404  200
GET   cohort_certificates      certified-cohort  302  404  404  200  404  404  200
GET   cohort_certificates_csv  certified-cohort  302  404  404  200  404  404  200
GET   without_certificate      certified-cohort  302  404  404  200  404  404  404
POST  issue_certificates       certified-cohort  302  404  404  302  404  404  404
POST  issue_certificate        certified-seat    302  404  404  302  404  404  404
GET   issue_run                issue-run         302  404  404  200  404  404  404
GET   check_certificate        -                 200  200  200  200  200  200  200
GET   verify_certificate       certificate       200  200  200  200  200  200  200
GET   verify_certificate       no-certificate    404  404  404  404  404  404  404
"""
