"""The groups of the demo: enough of everything to look at, and a second run changes nothing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from community import demo as community_demo
from community.models import Group, JoinRequest, Membership, Mention, Post, Topic
from portal.demo import lines_of_people, make_person
from search.upkeep import check as check_entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def talking():
    for line in lines_of_people():
        make_person(line["email"], given_name=line["given_name"], family_name=line["family_name"])
    community_demo.demo()


def stored() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Group, Membership, JoinRequest, Topic, Post, Mention)]


def test_there_is_something_of_everything(talking, capsys):
    topics, groups = Topic.objects, Group.objects
    assert groups.count() == 12 and Post.objects.count() >= 150
    assert not Post.objects.exclude(state="shown").exists()
    assert groups.filter(access="hidden").count() == JoinRequest.objects.filter(group__access="request", state="waiting").count() == 1
    assert topics.unanswered().exists() and topics.exclude(solved_by=None).filter(kind="question").exists()
    assert topics.filter(posts_count__gte=40).exists() and topics.filter(kind="announcement").exists()
    assert topics.exclude(pinned_at=None).exclude(locked_at=None).exists()
    assert Mention.objects.exists() and Post.objects.filter(html__contains="<blockquote>").exists()
    languages = [Post.objects.filter(language=language).count() for language in ("kk", "ru", "en")]
    assert languages == sorted(languages, reverse=True) and languages[2] > 5
    assert {"steward", "member"} <= {user.split("@")[0] for user in Membership.objects.values_list("user__email", flat=True)}


def test_what_is_said_is_spread_over_weeks_and_counted(talking, capsys):
    now = timezone.now()
    moments = Post.objects.order_by("created_at").values_list("created_at", flat=True)
    assert moments[0] < now - timedelta(days=30) and max(moments) < now
    assert all(8 <= timezone.localtime(moment).hour <= 22 for moment in moments)
    capsys.readouterr()
    call_command("check_community")
    assert capsys.readouterr().out == "0 wrong\n"
    assert [fault for fault in check_entries() if fault.source in ("topics", "groups")] == []


def test_a_second_run_changes_nothing(talking):
    before = stored()
    community_demo.demo()
    assert stored() == before
