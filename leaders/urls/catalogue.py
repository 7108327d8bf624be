from django.urls import path

from ..views import catalogue

urlpatterns = [path("leaders/", catalogue.catalogue, name="catalogue")]
