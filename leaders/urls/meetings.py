from django.urls import path

from ..views import attendance, meetings

urlpatterns = [
    path("leaders/<int:pk>/meetings/", meetings.meetings, name="meetings"),
    path("leaders/<int:pk>/meetings/new/", meetings.new_meeting, name="new_meeting"),
    path("leaders/<int:pk>/materials/", meetings.add_material, name="add_cohort_material"),
    path("leaders/calendar/renew/", meetings.renew_calendar, name="renew_calendar"),
    path("leaders/meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("leaders/meetings/<int:pk>/edit/", meetings.edit_meeting, name="edit_meeting"),
    path("leaders/meetings/<int:pk>/cancel/", meetings.cancel_meeting, name="cancel_meeting"),
    path("leaders/meetings/<int:pk>/materials/", meetings.add_meeting_material, name="add_meeting_material"),
    path("leaders/materials/<int:pk>/drop/", meetings.drop_material, name="drop_cohort_material"),
    path("leaders/meetings/<int:pk>/roster/", attendance.roster, name="roster"),
    path("leaders/meetings/<int:pk>/sheet/", attendance.sheet, name="attendance_sheet"),
    path("leaders/meetings/<int:pk>/qr/", attendance.qr, name="meeting_qr"),
    path("leaders/check-in/<str:token>/", attendance.check_in, name="check_in"),
]
