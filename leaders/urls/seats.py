from django.urls import path

from ..views import seats

urlpatterns = [
    path("leaders/<int:pk>/seats/", seats.seats, name="seats"),
    path("leaders/<int:pk>/capacity/", seats.capacity, name="change_capacity"),
    path("leaders/enrolments/<int:pk>/", seats.enrolment, name="enrolment"),
    path("leaders/enrolments/<int:pk>/accept/", seats.accept, name="accept_offer"),
    path("leaders/enrolments/<int:pk>/decline/", seats.decline, name="decline_offer"),
    path("leaders/enrolments/<int:pk>/withdraw/", seats.withdraw, name="withdraw_from_cohort"),
    path("leaders/enrolments/<int:pk>/manage/", seats.manage, name="manage_seat"),
    path("leaders/enrolments/<int:pk>/transfer/", seats.transfer, name="transfer"),
]
