from django.urls import path

from ..views import decisions, reviews, scores, selection, stages

urlpatterns = [
    path("leaders/<int:pk>/questions/", stages.questions, name="cohort_questions"),
    path("leaders/questions/<int:pk>/", stages.question, name="cohort_question"),
    path("leaders/questions/<int:pk>/remove/", stages.remove_question, name="remove_question"),
    path("leaders/<int:pk>/stages/", stages.stages, name="cohort_stages"),
    path("leaders/stages/<int:pk>/", stages.stage, name="cohort_stage"),
    path("leaders/stages/<int:pk>/remove/", stages.remove_stage, name="remove_stage"),
    path("leaders/stages/<int:pk>/lead-on/", stages.lead_on, name="lead_on"),
    path("leaders/<int:pk>/applications/", selection.applications, name="cohort_applications"),
    path("leaders/<int:pk>/applications/decide/", decisions.decide, name="decide_applications"),
    path("leaders/applications/<int:pk>/take-back/", decisions.take_back, name="take_decision_back"),
    path("leaders/selection-runs/<int:pk>/", selection.run, name="selection_run"),
    path("leaders/selection-runs/<int:pk>/stop/", selection.stop_run, name="stop_selection_run"),
    path("leaders/<int:pk>/words/", decisions.words, name="decision_words"),
    path("leaders/stages/<int:pk>/reviewers/", reviews.reviewers, name="reviewers"),
    path("leaders/reviews/", reviews.my_reviews, name="my_reviews"),
    path("leaders/reviews/<int:pk>/", reviews.review, name="review"),
    path("leaders/reviews/<int:pk>/conflict/", reviews.conflict, name="review_conflict"),
    path("leaders/stages/<int:pk>/scores/", scores.stage_scores, name="stage_scores"),
    path("leaders/stages/<int:pk>/scores.csv", scores.score_list, name="score_list"),
    path("leaders/scores/<int:pk>/", scores.score_import, name="score_import"),
    path("leaders/applications/<int:pk>/score/", scores.put_score, name="put_score"),
]
