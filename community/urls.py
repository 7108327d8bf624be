from django.urls import path, register_converter

from .views import composing, stewarding, topics


class Place:
    """Where a draft belongs to."""

    regex = "groups|topics|posts"
    to_python = to_url = staticmethod(str)


register_converter(Place, "place")

# What is said: reading it and writing it
urlpatterns = [
    path("groups/<int:pk>/ask/", composing.ask, name="ask"),
    path("groups/<int:pk>/people/", composing.people_to_name, name="people_to_name"),
    path("topics/preview/", composing.preview, name="preview_post"),
    path("topics/similar/", composing.similar, name="similar_topics"),
    path("topics/<int:pk>/", topics.topic, name="topic"),
    path("topics/<int:pk>/<int:number>/", topics.topic, name="topic_post"),
    path("topics/<int:pk>/unread/", topics.unread, name="topic_unread"),
    path("topics/<int:pk>/files/<int:file_pk>/", topics.file, name="post_file"),
    path("topics/<int:pk>/files/<int:file_pk>/preview/", topics.preview, name="post_file_preview"),
    path("topics/<int:pk>/reply/", composing.reply, name="reply"),
    path("posts/<int:pk>/edit/", composing.edit, name="edit_post"),
    path("posts/<int:pk>/solve/", stewarding.solve, name="solve"),
    path("drafts/<place:kind>/<int:pk>/", composing.draft, name="draft"),
    path("drafts/<place:kind>/<int:pk>/upload/", composing.upload, name="draft_upload"),
    path("drafts/<place:kind>/<int:pk>/upload/<uuid:upload>/", composing.upload, name="draft_upload_piece"),
    path("drafts/files/<int:file_pk>/", composing.draft_file, name="draft_file"),
    path("drafts/files/<int:file_pk>/drop/", composing.drop_draft_file, name="drop_draft_file"),
]
