"""A change project: its numbers, its milestones, its team and its story."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leaders import actions
from leaders.demo import make_cohort, make_cohort_role, make_enrolment, make_mentor
from leaders.demo.change import DONE, make_indicator, make_milestone, make_project, make_story
from leaders.models import ChangeProject, Enrolment, Evidence, Indicator, Measurement, Milestone, Story
from leaders.moves import move
from portal import actions as portal_actions
from portal.demo import make_administrator, make_person, make_school
from portal.models import Complaint, Notice, School, User

from ..portal.sample_files import make_image, make_pdf
from .people import read, send, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def participant(school) -> User:
    return make_person("participant@example.org", given_name="Жанар", school=school)


@pytest.fixture
def seat(participant) -> Enrolment:
    return make_enrolment(participant, make_cohort())


@pytest.fixture
def mentor(seat) -> User:
    mentor = make_person("mentor@example.org", given_name="Болат")
    make_mentor(seat, mentor)
    return mentor


@pytest.fixture
def colleague(school) -> User:
    return make_person("colleague@example.org", given_name="Гүлнәр", school=school, confirmed_by=make_administrator("adm@example.org"))


@pytest.fixture
def project(seat) -> ChangeProject:
    return make_project(seat)


def day(number: int) -> str:
    return (timezone.localdate() + timedelta(days=number)).isoformat()


NUMBERS = {
    "name": "Түсіндірген оқушылар",
    "unit": "%",
    "better": "more",
    "baseline_value": "20",
    "baseline_source": "Бақылау",
    "target_value": "60",
}


# The whole way


def test_from_the_problem_to_the_milestone_that_is_accepted(seat, participant, mentor):
    send(participant, f"enrolments/{seat.pk}/project/", title="Оқушы түсіндіреді", problem="Жауапты **ғана** айтады.", language="kk")
    project = ChangeProject.objects.get()
    at, milestone = f"projects/{project.pk}/", project.milestones.get()
    assert milestone.title == "Мектептегі өзгеріс"
    assert "<strong>ғана</strong>" in read(participant, at)
    send(participant, f"{at}move/", to="running")
    assert ChangeProject.objects.get().state == "draft"

    send(participant, f"{at}indicators/new/", **NUMBERS, baseline_on=day(-20), target_on=day(40))
    send(participant, f"{at}move/", to="running")
    assert ChangeProject.objects.get().state == "running"
    send(participant, f"indicators/{Indicator.objects.get().pk}/results/new/", value="40", on=day(0), source="Бақылау")
    page = read(mentor, at)
    assert '<svg class="chart"' in page and ">40</text>" in page and "50 %" in page

    step = f"milestones/{milestone.pk}/"
    send(participant, f"{step}move/")
    assert Milestone.objects.get().state == "planned"
    send(participant, f"{step}edit/", title=milestone.title, text=DONE)
    picture = SimpleUploadedFile("тақта.png", make_image("PNG"))
    send(participant, f"{step}evidence/", file=picture, faces="none", caption="Тақтадағы жазба")
    send(participant, f"{step}move/")
    assert Notice.objects.filter(user=mentor, kind="milestone-submitted").exists()
    assert DONE in read(mentor, step)
    assert "Не жетпейтінін" in send(mentor, f"{step}decide/", 422, decision="return")
    send(mentor, f"{step}decide/", decision="return", reason="Сан қайдан алынды?")
    assert "Сан қайдан алынды?" in read(participant, step)
    send(participant, f"{step}edit/", title=milestone.title, text=f"{DONE} Бақылау парағы қоса берілді.")
    send(participant, f"{step}move/")
    send(mentor, f"{step}decide/", decision="accept")
    assert Milestone.objects.get().state == "accepted"
    assert Notice.objects.filter(user=participant, kind="milestone-decided").exists()
    send(participant, f"{at}move/", to="finished")
    assert ChangeProject.objects.get().state == "finished"


# Beginning


def test_a_second_press_finds_the_project(seat, participant):
    for _time in range(2):
        send(participant, f"enrolments/{seat.pk}/project/", title="Оқушы түсіндіреді", language="kk")
    assert ChangeProject.objects.count() == 1


def test_without_a_school_there_is_nothing_to_change():
    nobody = make_person("nobody@example.org")
    seat = make_enrolment(nobody, make_cohort())
    assert "жұмыс орныңызды" in send(nobody, f"enrolments/{seat.pk}/project/", 422, title="Бір нәрсе", language="kk")


def test_who_gave_up_her_seat_changes_nothing_any_more(project, seat, participant):
    move(seat, "withdrawn", actor=participant)
    read(participant, f"projects/{project.pk}/edit/", 404)
    with pytest.raises(PermissionDenied):
        actions.change_project(participant, project, title="x", problem="", language="kk")


def test_nobody_changes_the_project_of_another(project, mentor, colleague):
    actions.add_member(project.enrolment.user, project, colleague)
    milestone, indicator = project.milestones.get(), project.indicators.get()
    for other in (mentor, colleague):
        for address in (f"projects/{project.pk}/edit/", f"milestones/{milestone.pk}/edit/", f"indicators/{indicator.pk}/edit/"):
            read(other, address, 404)
        send(other, f"milestones/{milestone.pk}/move/", 404)
        send(other, f"projects/{project.pk}/move/", 404, to="finished")


# Numbers


@pytest.mark.parametrize(
    "wrong",
    [
        {"target_value": "20"},
        {"target_value": "10"},
        {"better": "less"},
        {"baseline_on": day(3)},
        {"target_on": day(-30)},
        {"baseline_source": ""},
        {"baseline_value": "көп"},
    ],
)
def test_numbers_without_sense_are_not_taken(seat, participant, wrong):
    project = make_project(seat, running=False)
    send(participant, f"projects/{project.pk}/indicators/new/", 422, **(NUMBERS | {"baseline_on": day(-20), "target_on": day(40)} | wrong))
    assert not Indicator.objects.exists()


def test_a_result_of_the_same_day_takes_the_place_of_the_first(project, participant):
    at = f"indicators/{project.indicators.get().pk}/results/new/"
    send(participant, at, 422, value="30", on=day(1), source="Бақылау")
    for value in ("30", "31,5"):
        send(participant, at, value=value, on=day(0), source="Бақылау")
    result = Measurement.objects.get(kind="result")
    assert result.value == Decimal("31.5") and ">31,5</text>" in read(participant, f"projects/{project.pk}/")
    assert "20" in read(participant, f"indicators/{result.indicator_id}/edit/")
    send(participant, f"results/{result.pk}/drop/")
    assert not Measurement.objects.filter(kind="result").exists()


def test_a_project_under_way_keeps_its_last_indicator(project, participant):
    first = project.indicators.get()
    send(participant, f"indicators/{first.pk}/drop/")
    make_indicator(project, begins=9, aims=3)
    send(participant, f"indicators/{first.pk}/drop/")
    assert first not in Indicator.objects.all() and Indicator.objects.count() == 1


def test_it_is_finished_once_it_was_measured_and_accepted(project, participant, mentor):
    for lacks in ("result", "milestones"):
        with pytest.raises(actions.NotReady) as refusal:
            actions.move_project(participant, project, "finished")
        assert lacks in refusal.value.missing
        actions.put_result(participant, project.indicators.get(), value=Decimal(55), source="…", on=timezone.localdate())
    make_milestone(project, mentor=mentor)
    actions.move_project(participant, project, "finished")


# Milestones


def test_a_second_press_adds_no_second_milestone(seat, participant):
    project = make_project(seat)
    before = project.milestones.count()
    for _press in range(2):
        send(participant, f"projects/{project.pk}/milestones/new/", title="Ата-аналармен әңгіме", text="", due_on="")
    assert project.milestones.count() == before + 1


def test_a_milestone_goes_to_the_mentor_once_the_project_is_under_way(seat, participant):
    project = make_project(seat, running=False)
    milestone = make_milestone(project, state="planned")
    with pytest.raises(actions.NotReady):
        actions.submit_milestone(participant, milestone)


def test_while_it_lies_with_the_mentor_it_stays_as_it_is(project, participant):
    milestone = make_milestone(project)
    assert "қайтарып алыңыз" in send(participant, f"milestones/{milestone.pk}/edit/", 422, title="Басқа", text="…")
    send(participant, f"milestones/{milestone.pk}/move/", back="1")
    send(participant, f"milestones/{milestone.pk}/edit/", title="Басқа", text="…")
    assert Milestone.objects.get(pk=milestone.pk).title == "Басқа"


def test_only_her_mentor_and_examiners_decide(project, seat, mentor, participant):
    other, examiner, trainer = (make_person(f"{name}@example.org") for name in ("other", "examiner", "trainer"))
    for person, role in ((other, "mentor"), (examiner, "examiner"), (trainer, "trainer")):
        make_cohort_role(seat.cohort, person, role)
    milestone = make_milestone(project)
    for person in (participant, other, trainer):
        send(person, f"milestones/{milestone.pk}/decide/", 404, decision="accept")
    send(examiner, f"milestones/{milestone.pk}/decide/", decision="accept")
    send(mentor, f"milestones/{milestone.pk}/decide/", decision="accept")
    assert Milestone.objects.get().decisions.count() == 1
    send(mentor, f"milestones/{milestone.pk}/decide/", decision="return", reason="Қате басылды")
    assert Milestone.objects.get().state == "returned"


def test_what_the_programme_asks_for_is_not_removed(project, participant):
    asked, own = project.milestones.get(), make_milestone(project, state="planned", title="Менікі")
    for milestone in (asked, own):
        send(participant, f"milestones/{milestone.pk}/drop/")
    assert list(Milestone.objects.all()) == [asked]


def test_evidence_says_whether_pupils_are_seen_and_is_not_for_everybody(project, participant, mentor):
    milestone = project.milestones.get()
    at, pdf = f"milestones/{milestone.pk}/evidence/", make_pdf()
    send(participant, at, 422, file=SimpleUploadedFile("а.pdf", pdf))
    send(participant, at, 422, file=SimpleUploadedFile("x.exe", b"MZ"), faces="none")
    send(participant, at, file=SimpleUploadedFile("а.pdf", pdf), faces="none")
    send(participant, at, file=SimpleUploadedFile("а.pdf", pdf), faces="none")
    row = Evidence.objects.get()
    assert signed_in(mentor).get(f"/kk/leaders/evidence/{row.pk}/").status_code == 200
    read(make_person("stranger@example.org"), f"evidence/{row.pk}/", 404)
    send(mentor, f"evidence/{row.pk}/drop/", 404)
    send(participant, f"evidence/{row.pk}/drop/")
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_at_the_end_of_the_calendar_breaks_nobodys_page(project, seat, participant, day):
    """What one participant writes stands in the list of the whole cohort, and in every time zone."""
    manager, milestone = make_person("manager@example.org"), project.milestones.get()
    make_cohort_role(seat.cohort, manager)
    send(participant, f"milestones/{milestone.pk}/edit/", 422, title="Белес", text="…", due_on=day)
    send(
        manager,
        f"{seat.cohort_id}/meetings/new/",
        422,
        title="…",
        language="kk",
        place="…",
        starts_at=f"{day}T00:00",
        ends_at=f"{day}T23:00",
    )
    browser = signed_in(manager)
    for name in ("ends_on", "seats_until"):
        answer = browser.post(f"/kk/leaders/{seat.cohort_id}/settings/", {name: day if name == "ends_on" else f"{day}T00:00"})
        assert answer.status_code == 422 and answer.context["form"].errors[name]
    read(manager, f"{seat.cohort_id}/dashboard/")


# The team and the story


def test_the_team_is_of_the_school_and_may_leave(project, participant, colleague):
    stranger = make_person("stranger@example.org", school=make_school("other", name="Басқа мектеп"))
    send(participant, f"projects/{project.pk}/team/", 422, colleague=stranger.pk)
    send(participant, f"projects/{project.pk}/team/", colleague=colleague.pk)
    assert Notice.objects.filter(user=colleague, kind="project-joined").exists()
    read(colleague, f"projects/{project.pk}/")
    send(colleague, f"projects/{project.pk}/team/{colleague.pk}/remove/")
    read(colleague, f"projects/{project.pk}/", 404)


def test_a_story_is_told_once_everybody_agrees_and_taken_back_by_any_of_them(project, participant, colleague):
    actions.add_member(participant, project, colleague)
    send(participant, f"projects/{project.pk}/story/", title="Қалай өзгердік", text="Сұрақ **өзгерді**.", language="kk")
    story = Story.objects.get()
    at = f"stories/{story.pk}/"
    assert Notice.objects.filter(user=colleague, kind="story-to-agree").exists()
    send(participant, f"{at}move/")
    assert Client().get(f"/kk/leaders/{at}").status_code == 404
    send(make_person("stranger@example.org"), f"{at}agree/", 404)
    send(colleague, f"{at}agree/", words=Story.objects.get().words)
    send(participant, f"{at}move/")
    page = Client().get(f"/kk/leaders/{at}").content.decode()
    assert "<strong>өзгерді</strong>" in page and colleague.get_full_name() in page and "chart" in page
    sitemap = reverse("sitemap", args=["stories", "kk", 0])
    for person in (participant, colleague):
        assert f'href="/kk/leaders/{at}"' in Client().get(f"/ru/people/{person.pk}/").content.decode()
    assert f"/kk/leaders/{at}" in b"".join(Client().get(sitemap)).decode()
    send(participant, f"projects/{project.pk}/story/", title="Қалай өзгердік", text="Басқа сөз.", language="kk")
    assert (Story.objects.get().state, project.members.get().agreed_at) == ("withdrawn", None)
    assert at not in Client().get(f"/kk/people/{participant.pk}/").content.decode() + b"".join(Client().get(sitemap)).decode()
    send(colleague, f"{at}agree/", words=Story.objects.get().words)
    send(participant, f"{at}move/")
    send(colleague, f"{at}agree/", disagree="1")
    assert Client().get(f"/kk/leaders/{at}").status_code == 404


def test_who_has_left_the_cohort_still_takes_her_story_back(project, seat, participant):
    story = make_story(project)
    send(participant, f"enrolments/{seat.pk}/withdraw/", reason="Көшемін")
    page = read(participant, f"stories/{story.pk}/")
    assert 'name="withdraw"' in page and f"projects/{project.pk}/story/" not in page
    milestone = project.milestones.get()
    page = read(participant, f"projects/{project.pk}/") + read(participant, f"milestones/{milestone.pk}/")
    assert story.address in page and f"projects/{project.pk}/edit/" not in page and f"milestones/{milestone.pk}/move/" not in page
    send(make_person("stranger@example.org"), f"stories/{story.pk}/move/", 404, withdraw="1")
    send(participant, f"stories/{story.pk}/move/", withdraw="1")
    assert Client().get(f"/kk/leaders/stories/{story.pk}/").status_code == 404
    send(participant, f"stories/{story.pk}/move/", 404)


def test_an_old_page_agrees_to_no_words_that_were_not_read(project, participant, colleague):
    story = make_story(project, published=False)
    actions.add_member(participant, project, colleague)
    seen = re.search(r'name="words" value="(\w+)"', read(colleague, f"stories/{story.pk}/"))[1]
    actions.write_story(participant, project, title=story.title, text="Басқа сөз.", language="kk")
    send(colleague, f"stories/{story.pk}/agree/", words=seen)
    assert project.members.get().agreed_at is None
    send(participant, f"stories/{story.pk}/move/")
    assert Story.objects.get().state == "draft"


def test_nobody_is_named_in_a_story_before_she_agrees(project, participant, colleague):
    story = make_story(project)
    at = f"stories/{story.pk}/"
    actions.add_member(participant, project, colleague)
    assert Notice.objects.filter(user=colleague, kind="story-to-agree").exists()
    page, person = f"/kk/leaders/{at}", f"/kk/people/{colleague.pk}/"
    assert colleague.get_full_name() not in Client().get(page).content.decode()
    assert page not in Client().get(person).content.decode()
    assert colleague.get_full_name() in read(participant, at) and "Келісемін" in read(colleague, at)
    send(colleague, f"{at}agree/", words=Story.objects.get().words)
    assert colleague.get_full_name() in Client().get(page).content.decode() and page in Client().get(person).content.decode()


def test_numbers_of_another_project_are_not_changed(project, participant, seat):
    stranger = make_enrolment(make_person("stranger@example.org", school=make_school()), seat.cohort)
    theirs = make_indicator(make_project(stranger))
    given = {"value": Decimal(1), "on": timezone.localdate(), "source": "…"}
    with pytest.raises(PermissionDenied):
        actions.put_indicator(
            participant, project, theirs, name="Басқа", unit="", better="more", baseline=given, target=given | {"value": Decimal(9)}
        )


def test_a_story_that_was_reported_and_taken_down_is_not_published_again(project, participant):
    story = make_story(project)
    reader, staff = make_person("reader@example.org"), make_administrator("staff@example.org")
    portal_actions.complain(reader, story.ref, reason=Complaint.Reason.PUPILS, text="Оқушының аты тұр.")
    portal_actions.take_down(staff, story.ref, decision="pupils", note="Аты тұр.")
    story.refresh_from_db()
    assert story.state == "withdrawn"
    with pytest.raises(actions.TakenDown):
        actions.publish_story(participant, story)
    portal_actions.put_back(staff, story.ref)
    actions.publish_story(participant, story)


def test_the_page_of_a_project_asks_no_more_for_more(project, participant, django_assert_max_num_queries):
    for number in range(5):
        make_indicator(project, results=(25, 30))
        make_milestone(project, state="planned", title=f"{number}-белес")
    browser = signed_in(participant)
    browser.get(f"/kk/leaders/projects/{project.pk}/")
    with django_assert_max_num_queries(9):
        browser.get(f"/kk/leaders/projects/{project.pk}/")
