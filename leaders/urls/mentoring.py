from django.urls import path

from ..views import mentoring

urlpatterns = [
    path("leaders/mentoring/", mentoring.mentees, name="mentees"),
    path("leaders/<int:pk>/mentors/", mentoring.mentors, name="mentors"),
    path("leaders/<int:pk>/mentors/give/", mentoring.give_mentors, name="give_mentors"),
    path("leaders/enrolments/<int:pk>/mentoring/", mentoring.mentoring, name="mentoring"),
    path("leaders/enrolments/<int:pk>/mentoring/new/", mentoring.record_mentor_meeting, name="record_mentor_meeting"),
    path("leaders/mentoring/<int:pk>/edit/", mentoring.edit_mentor_meeting, name="edit_mentor_meeting"),
    path("leaders/agreements/<int:pk>/settle/", mentoring.settle_agreement, name="settle_agreement"),
]
