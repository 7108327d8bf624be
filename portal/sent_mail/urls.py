from django.urls import path

from . import views

urlpatterns = [path("", views.sent_mail, name="sent_mail")]
