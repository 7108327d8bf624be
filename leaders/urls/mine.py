from django.urls import path

from ..views import mine

urlpatterns = [path("leaders/mine/", mine.my_programmes, name="my_programmes")]
