"""Lists that reach beyond one group: her own groups with their news, questions that wait, what she keeps."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from portal.notices.reading import counter
from portal.paging import newest_first

from ..forms.reading import QuestionsForm
from ..lists import answered_in_time, bookmarks_of, drafts_of, groups_of, news_of, unread_page, waiting_questions

DRAFTS_SHOWN = 10


@login_required
def my_groups(request):
    news = news_of(request.user)
    groups = groups_of(request.user, news)
    has_drafts = not groups or groups[0].has_drafts
    context = {
        "groups": groups,
        "page": unread_page(request, news, groups),
        "count": counter(len(news)),
        "drafts": drafts_of(request.user)[:DRAFTS_SHOWN] if has_drafts else [],
        "now": timezone.now(),
    }
    return render(request, "community/my_groups.html", context)


def unanswered(request):
    mine = list(request.user.subjects.values_list("code", flat=True)) if request.user.is_authenticated else []
    form = QuestionsForm(request.GET, mine=mine)
    language = form.cleaned_data.get("language", "") if form.is_valid() else ""
    questions = waiting_questions(request.user, subjects=form.subjects, language=language)
    answered, asked = answered_in_time()
    context = {"form": form, "page": newest_first(request, questions, "created_at"), "answered": answered, "asked": asked}
    return render(request, "community/unanswered.html", context)


@login_required
def bookmarks(request):
    return render(request, "community/bookmarks.html", {"page": newest_first(request, bookmarks_of(request.user), "at")})
