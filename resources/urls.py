from django.urls import path, register_converter

from portal.views.search import results_page

from . import sharing, views
from .feeds import materials_feed, subject_feed


class Verb:
    regex = "|".join(sharing.MOVES)
    to_python = to_url = staticmethod(str)


register_converter(Verb, "verb")

urlpatterns = [
    path("materials/", results_page, {"source": "materials"}, name="materials"),
    path("materials/feed/", materials_feed, name="materials_feed"),
    path("materials/feed/<slug:code>/", subject_feed, name="subject_feed"),
    path("materials/newest/", views.newest_for_me, name="newest_for_me"),
    path("materials/mine/", sharing.my_materials, name="my_materials"),
    path("materials/saved/", views.saved_materials, name="saved_materials"),
    path("materials/share/", sharing.share, name="share_material"),
    path("materials/share/upload/", sharing.share_upload, name="share_upload"),
    path("materials/share/upload/<uuid:upload>/", sharing.share_upload, name="share_upload_piece"),
    path("objectives/<int:pk>/", views.objective, name="objective"),
    path("materials/<int:pk>/", views.material, name="material"),
    path("materials/<int:pk>/edit/", sharing.edit, name="edit_material"),
    path("materials/<int:pk>/details/", sharing.details, name="material_details"),
    path("materials/<int:pk>/files/", sharing.add_file, name="add_material_file"),
    path("materials/<int:pk>/files/upload/", sharing.file_upload, name="file_upload"),
    path("materials/<int:pk>/files/upload/<uuid:upload>/", sharing.file_upload, name="file_upload_piece"),
    path("materials/<int:pk>/files/<int:file_pk>/", views.download, name="material_file"),
    path("materials/<int:pk>/files/<int:file_pk>/preview/", views.preview, name="material_preview"),
    path("materials/<int:pk>/files/<int:file_pk>/remove/", sharing.remove_file, name="remove_material_file"),
    path("materials/<int:pk>/links/", sharing.add_link, name="add_material_link"),
    path("materials/<int:pk>/links/<int:link_pk>/remove/", sharing.remove_link, name="remove_material_link"),
    path("materials/<int:pk>/keep/", views.keep, name="keep_material"),
    path("materials/<int:pk>/thank/", views.thank, name="thank_material"),
    path("materials/<int:pk>/hide/", views.hide, name="hide_material"),
    path("materials/<int:pk>/<verb:verb>/", sharing.move, name="move_material"),
]
