from django.urls import path

from ..views import milestones, projects, stories

urlpatterns = [
    path("leaders/enrolments/<int:pk>/project/", projects.start_project, name="start_project"),
    path("leaders/projects/<int:pk>/", projects.project, name="project"),
    path("leaders/projects/<int:pk>/edit/", projects.edit_project, name="edit_project"),
    path("leaders/projects/<int:pk>/move/", projects.move_project, name="move_project"),
    path("leaders/projects/<int:pk>/indicators/new/", projects.new_indicator, name="new_indicator"),
    path("leaders/indicators/<int:pk>/edit/", projects.edit_indicator, name="edit_indicator"),
    path("leaders/indicators/<int:pk>/drop/", projects.drop_indicator, name="drop_indicator"),
    path("leaders/indicators/<int:pk>/results/new/", projects.new_result, name="new_result"),
    path("leaders/results/<int:pk>/drop/", projects.drop_result, name="drop_result"),
    path("leaders/projects/<int:pk>/team/", projects.team, name="project_team"),
    path("leaders/projects/<int:pk>/team/<int:user_pk>/remove/", projects.remove_member, name="remove_project_member"),
    path("leaders/projects/<int:pk>/milestones/new/", milestones.new_milestone, name="new_milestone"),
    path("leaders/milestones/<int:pk>/", milestones.milestone, name="milestone"),
    path("leaders/milestones/<int:pk>/edit/", milestones.edit_milestone, name="edit_milestone"),
    path("leaders/milestones/<int:pk>/move/", milestones.move_milestone, name="move_milestone"),
    path("leaders/milestones/<int:pk>/decide/", milestones.decide_milestone, name="decide_milestone"),
    path("leaders/milestones/<int:pk>/drop/", milestones.drop_milestone, name="drop_milestone"),
    path("leaders/milestones/<int:pk>/evidence/", milestones.add_evidence, name="add_evidence"),
    path("leaders/milestones/<int:pk>/upload/", milestones.upload, name="evidence_upload"),
    path("leaders/milestones/<int:pk>/upload/<uuid:upload>/", milestones.upload, name="evidence_upload_piece"),
    path("leaders/evidence/<int:pk>/", milestones.evidence, name="evidence"),
    path("leaders/evidence/<int:pk>/describe/", milestones.describe_evidence, name="describe_evidence"),
    path("leaders/evidence/<int:pk>/drop/", milestones.drop_evidence, name="drop_evidence"),
    path("leaders/projects/<int:pk>/story/", stories.write_story, name="write_story"),
    path("leaders/stories/<int:pk>/", stories.story, name="story"),
    path("leaders/stories/<int:pk>/agree/", stories.agree_to_story, name="agree_to_story"),
    path("leaders/stories/<int:pk>/move/", stories.move_story, name="move_story"),
]
