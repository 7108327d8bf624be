"""Two independent readings, the third, conflicts of interest; leading applications from stage to stage."""

from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from leaders import actions
from leaders.actions.reviews import score_of
from leaders.demo import make_application, make_cohort_role
from leaders.demo.selection import make_endorsement, make_stage
from leaders.models import Application, Review, Stage, StageResult
from portal.actions import forget_person
from portal.demo import make_person, make_school
from portal.models import Notice, User

from ..together import together
from .choosing import Selection, make_selection

pytestmark = pytest.mark.django_db


@pytest.fixture
def selection() -> Selection:
    return make_selection()


@pytest.fixture
def stage(selection) -> Stage:
    return make_stage(selection.cohort)


def apply_many(selection: Selection, stage: Stage, number: int = 1) -> list[Application]:
    """In that stage, while the cohort selects."""
    school = make_school("test-3", name="№ 3 мектеп")
    people = [make_person(f"a{n}@example.org", school=school) for n in range(number)]
    found = [make_application(person, selection.cohort, state="selection", stage=stage) for person in people]
    selection.cohort = actions.move_cohort(selection.manager, selection.cohort, "selection")
    return found


def hand_in(review: Review, total: int) -> None:
    criterion = review.stage.rubric.criteria.get()
    actions.hand_in_review(review.reviewer, review, points={criterion.pk: total}, note="…")


def read_by_two(selection: Selection, stage: Stage, *totals: int) -> Application:
    application = apply_many(selection, stage)[0]
    actions.assign_reviewers(selection.manager, stage)
    for review, total in zip(application.reviews.order_by("pk"), totals, strict=True):
        hand_in(review, total)
    application.refresh_from_db()
    return application


# Who reads what


def test_a_manager_who_reads_as_the_third_sees_no_other_review_before_her_own_is_in(selection, stage):
    application = apply_many(selection, stage)[0]
    actions.assign_reviewers(selection.manager, stage)
    actions.end_cohort_role(selection.manager, selection.cohort.roles.get(user=selection.third))
    make_cohort_role(selection.cohort, selection.manager, "examiner")
    first, second = application.reviews.order_by("pk")
    hand_in(first, 1)
    hand_in(second, 9)
    third = application.reviews.get(third=True)
    assert third.reviewer == selection.manager
    for other in (first, second):
        assert selection.get("manager", f"reviews/{other.pk}/").status_code == 404
    assert set(Review.objects.visible_to(selection.manager)) == {third}
    hand_in(third, 8)
    assert set(Review.objects.visible_to(selection.manager)) == {first, second, third}


def test_each_is_read_by_two_and_all_read_equally_much(selection, stage):
    applications = apply_many(selection, stage, 6)
    assert actions.assign_reviewers(selection.manager, stage) == 0
    assert all(len(set(row.reviews.values_list("reviewer", flat=True))) == 2 for row in applications)
    loads = [Review.objects.filter(reviewer=selection.people[name]).count() for name in ("first", "second", "third")]
    assert loads == [4, 4, 4]
    assert actions.assign_reviewers(selection.manager, stage) == 0 and Review.objects.count() == 12


def test_assigning_asks_no_more_for_more_applications(selection, stage, django_assert_max_num_queries):
    apply_many(selection, stage, 8)
    with django_assert_max_num_queries(40):
        actions.assign_reviewers(selection.manager, stage)


def test_nobody_reads_an_application_from_her_own_school(selection, stage):
    application = make_application(
        make_person("near@example.org", school=selection.first.main_position.school), selection.cohort, state="selection", stage=stage
    )
    selection.cohort = actions.move_cohort(selection.manager, selection.cohort, "selection")
    assert actions.assign_reviewers(selection.manager, stage) == 1
    assert not application.reviews.exists()
    page = selection.get("manager", f"stages/{stage.pk}/reviewers/").content.decode()
    assert "1 өтінімге бағалаушы жетпейді" in page


def test_a_head_who_endorsed_it_does_not_read_it(selection, stage):
    application = apply_many(selection, stage)[0]
    make_endorsement(application, head_email=selection.first.email.upper())
    actions.assign_reviewers(selection.manager, stage)
    assert set(application.reviews.values_list("reviewer", flat=True)) == {selection.second.pk, selection.third.pk}


def test_whoever_knows_the_applicant_gives_it_to_somebody_else(selection, stage):
    application = apply_many(selection, stage)[0]
    actions.assign_reviewers(selection.manager, stage)
    review = application.reviews.get(reviewer=selection.first)
    assert selection.post("first", f"reviews/{review.pk}/conflict/", {"reason": "Құрбым"}).status_code == 302
    assert set(application.reviews.filter(state="assigned").values_list("reviewer", flat=True)) == {selection.second.pk, selection.third.pk}
    assert selection.get("first", f"reviews/{review.pk}/").status_code == 404
    assert selection.get("first", f"applications/{application.pk}/").status_code == 404
    assert "Құрбым" in selection.get("manager", f"applications/{application.pk}/").content.decode()


def test_what_nobody_has_read_is_given_to_others(selection, stage):
    application = apply_many(selection, stage)[0]
    actions.assign_reviewers(selection.manager, stage)
    selection.post("manager", f"stages/{stage.pk}/reviewers/", {"take_away": selection.first.pk})
    assert application.reviews.get(reviewer=selection.first).state == "withdrawn"
    assert application.reviews.filter(state="assigned").count() == 2


def test_reviewers_are_told_once_of_all_they_got(selection, stage):
    apply_many(selection, stage, 3)
    actions.assign_reviewers(selection.manager, stage)
    assert set(Notice.objects.filter(kind="review-assigned").values_list("user", "number")) == {
        (selection.people[name].pk, 1) for name in ("first", "second", "third")
    }


# Reading


def test_a_review_is_kept_until_it_is_handed_in(selection, stage):
    apply_many(selection, stage)
    actions.assign_reviewers(selection.manager, stage)
    review, field = Review.objects.get(reviewer=selection.first), f"c{stage.rubric.criteria.get().pk}"
    selection.post("first", f"reviews/{review.pk}/", {"note": "Әзірге", field: ""})
    assert "Әзірге" in selection.get("first", f"reviews/{review.pk}/").content.decode()
    assert selection.post("first", f"reviews/{review.pk}/", {"note": "Енді", field: "", "hand_in": "1"}).status_code == 422
    assert selection.post("first", f"reviews/{review.pk}/", {"note": "Енді", field: "11", "hand_in": "1"}).status_code == 422
    assert selection.post("first", f"reviews/{review.pk}/", {"note": "Енді", field: "7", "hand_in": "1"}).status_code == 302
    review.refresh_from_db()
    assert (review.state, review.total, review.note) == ("handed-in", 7, "Енді")
    selection.post("first", f"reviews/{review.pk}/", {"note": "Кеш", field: "1", "hand_in": "1"})
    review.refresh_from_db()
    assert review.total == 7


def test_reviews_are_sealed_on_every_page_until_both_are_in(selection, stage):
    application = apply_many(selection, stage)[0]
    actions.assign_reviewers(selection.manager, stage)
    one, other = application.reviews.order_by("pk")
    criterion = stage.rubric.criteria.get()
    actions.hand_in_review(one.reviewer, one, points={criterion.pk: 6}, note="Құпия пікір")
    name = other.reviewer.email.partition("@")[0]
    pages = [("manager", f"applications/{application.pk}/"), (name, f"reviews/{other.pk}/"), (name, f"applications/{application.pk}/")]
    assert ["Құпия пікір" in selection.get(*page).content.decode() for page in pages] == [False] * 3
    actions.hand_in_review(other.reviewer, other, points={criterion.pk: 7}, note="Жақсы")
    assert ["Құпия пікір" in selection.get(*page).content.decode() for page in pages] == [True] * 3
    assert (
        "Құпия пікір" not in selection.client("third").get(f"/kk/leaders/applications/{application.pk}/").content.decode()
        or name == "third"
    )


def test_two_that_agree_give_the_result(selection, stage):
    application = read_by_two(selection, stage, 6, 9)
    assert (application.score, application.results.get().score) == (Decimal("75"), Decimal("7.5"))


def test_two_that_differ_by_more_than_the_rule_call_a_third(selection, stage):
    application = read_by_two(selection, stage, 2, 9)
    third = application.reviews.get(third=True)
    assert application.score is None and third.reviewer not in [row.reviewer for row in application.reviews.filter(third=False)]
    hand_in(third, 8)
    application.refresh_from_db()
    assert application.score == Decimal("85")


def test_without_anybody_who_may_the_managers_see_what_lacks_a_third(selection, stage):
    actions.end_cohort_role(selection.manager, selection.third.cohort_roles.get())
    application = read_by_two(selection, stage, 1, 10)
    assert not application.reviews.filter(third=True).exists()
    assert "1 өтінімге үшінші бағалаушы керек" in selection.get("manager", f"stages/{stage.pk}/reviewers/").content.decode()
    make_cohort_role(selection.cohort, make_person("fourth@example.org"), "examiner")
    actions.assign_reviewers(selection.manager, stage)
    assert application.reviews.get(third=True).reviewer.email == "fourth@example.org"


@pytest.mark.parametrize(
    ("totals", "score"),
    [([6, 9], "7.5"), ([2, 9, 8], "8.5"), ([2, 9, 3], "2.5"), ([2, 8, 5], "5"), ([0, 10, 10], "10"), ([1, 2, 4], "1.5")],
)
def test_the_two_closest_count(totals, score):
    assert score_of(totals) == Decimal(score)


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_in_at_the_same_moment_give_the_result(selection, stage):
    application = apply_many(selection, stage)[0]
    actions.assign_reviewers(selection.manager, stage)
    together(*(partial(hand_in, review, 8) for review in application.reviews.select_related("stage__cohort", "reviewer", "application")))
    application.refresh_from_db()
    assert application.score == Decimal(80)


def test_only_whose_review_it_is_hands_it_in(selection, stage):
    apply_many(selection, stage)
    actions.assign_reviewers(selection.manager, stage)
    review = Review.objects.get(reviewer=selection.first)
    with pytest.raises(PermissionDenied):
        actions.hand_in_review(selection.second, review, points={}, note="")
    assert selection.get("second", f"reviews/{review.pk}/").status_code == 404


# From stage to stage


def test_whoever_has_passed_goes_on_and_is_told(selection):
    test, interview = make_stage(selection.cohort, "test", pass_score=60), make_stage(selection.cohort, "interview")
    people = [make_person(f"a{n}@example.org") for n in range(3)]
    applications = [make_application(person, selection.cohort) for person in people]
    selection.post("manager", f"stages/{test.pk}/lead-on/")
    assert {row.state for row in Application.objects.all()} == {"submitted"}
    actions.move_cohort(selection.manager, selection.cohort, "selection")
    selection.post("manager", f"stages/{test.pk}/lead-on/")
    for application, score in zip(applications, (59, 60), strict=False):
        application.refresh_from_db()
        actions.put_score(selection.manager, application, Decimal(score))
    selection.post("manager", f"stages/{interview.pk}/lead-on/")
    assert [Application.objects.get(pk=row.pk).stage for row in applications] == [test, interview, test]
    assert Notice.objects.get(user=people[1], kind="application-stage").data["stage"]["kk"] == interview.name_kk


def test_a_score_of_a_review_is_typed_in_by_nobody(selection, stage):
    application = apply_many(selection, stage)[0]
    with pytest.raises(PermissionDenied):
        actions.put_score(selection.manager, application, Decimal(5))
    assert not StageResult.objects.exists()


# Setting it up


@pytest.mark.parametrize(
    ("part", "data"),
    [
        ("questions", {"position": 1, "kind": "choice", "name_kk": "Тілі", "max_letters": 100, "options": "Қазақша | Казахский\nОрысша"}),
        ("stages", {"position": 1, "kind": "test", "name_kk": "Тест", "max_score": 100, "pass_score": 60}),
    ],
)
def test_questions_and_stages_are_set_up_until_somebody_applies(selection, part, data):
    address = f"{selection.cohort.pk}/{part}/"
    assert selection.post("manager", address, data).status_code == 302
    row = getattr(selection.cohort, part).get()
    assert selection.post("manager", f"{part}/{row.pk}/", data | {"name_kk": "Басқаша"}).status_code == 302
    make_application(selection.applicant, selection.cohort, state="draft")
    assert selection.post("manager", address, data | {"position": 2}).status_code == 422
    selection.post("manager", f"{part}/{row.pk}/remove/")
    assert getattr(selection.cohort, part).get().name_kk == "Басқаша"


def test_a_stage_of_reviews_takes_its_highest_score_of_the_criteria(selection):
    data = {"position": 1, "kind": "review", "name_kk": "Оқу", "max_score": 999}
    assert selection.post("manager", f"{selection.cohort.pk}/stages/", data).status_code == 422
    selection.post("manager", f"{selection.cohort.pk}/stages/", data | {"rubric": selection.cohort.version.rubrics.get().pk})
    assert Stage.objects.get().max_score == 10


def test_a_stage_without_sense_is_refused(selection):
    data = {"position": 1, "kind": "test", "name_kk": "Тест", "max_score": 100}
    for wrong in ({"pass_score": 101}, {"max_score": ""}, {"opens_on": "2026-03-02", "closes_on": "2026-03-01"}, {"name_kk": ""}):
        assert selection.post("manager", f"{selection.cohort.pk}/stages/", data | wrong).status_code == 422, wrong
    assert not Stage.objects.exists()


def test_what_an_examiner_has_not_read_when_she_leaves_the_portal_is_read_by_another(selection, stage):
    application = apply_many(selection, stage)[0]
    User.objects.filter(pk=selection.second.pk).update(is_active=False)
    actions.assign_reviewers(selection.manager, stage)
    assert {review.reviewer for review in application.reviews.all()} == {selection.first, selection.third}
    User.objects.filter(pk=selection.second.pk).update(is_active=True)
    forget_person(selection.first, keep=True)
    read = application.reviews.filter(state="assigned")
    assert {review.reviewer for review in read} == {selection.second, selection.third}
    assert selection.get("manager", f"stages/{stage.pk}/reviewers/").context["lacking"] == 0
