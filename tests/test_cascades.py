"""People leave, their work stays: no cascade leads from a person to what she made."""

import pytest
from django.apps import apps
from django.db.models import CASCADE

from portal import actions as portal_actions
from portal.demo import make_person, make_school
from portal.models import Act, Complaint, Region, School, User
from resources import actions
from resources.demo import make_material
from resources.models import Material, MaterialFile

from .portal.sample_files import make_image

# Rows that say something of the person alone, and go with her
PERSONAL = {
    "account.EmailAddress",
    "account.EmailConfirmation",
    "community.Bookmark",
    "community.Draft",
    "community.DraftFile",
    "community.Exclusion",
    "community.GroupExport",
    "community.GroupInvitation",
    "community.JoinRequest",
    "community.Membership",
    "community.Mention",
    "community.StaffVisit",
    "community.TopicReader",
    "leaders.CalendarFeed",
    "leaders.CohortRole",
    "leaders.ProjectMember",
    "mfa.Authenticator",
    "portal.Block",
    "portal.Bounce",
    "portal.Consent",
    "portal.DataExport",
    "portal.Departure",
    "portal.Invitation",
    "portal.Letter",
    "portal.MailHours",
    "portal.Notice",
    "portal.NoticeChoice",
    "portal.Position",
    "portal.Role",
    "portal.SavedSearch",
    "portal.SavedSearchAlert",
    "portal.SavedSearchTerm",
    "portal.Suspension",
    "portal.Upload",
    "portal.User_grades",
    "portal.User_groups",
    "portal.User_subjects",
    "portal.User_user_permissions",
    "resources.Saved",
    "resources.Thanks",
    "usersessions.UserSession",
}
# Wagtail's own: what an editor has open or asked to be told, her keys, her remarks on drafts
OF_EDITORS = {
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
    "wagtailcore.APIToken",
    "wagtailcore.Comment",
    "wagtailcore.CommentReply",
    "wagtailcore.PageSubscription",
    "wagtailusers.UserProfile",
}


def go_with(model, known=None) -> set[str]:
    """Models whose rows are deleted with a row of `model`, however long the chain."""
    known = set() if known is None else known
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and getattr(relation, "on_delete", None) is CASCADE:
            below = relation.related_model
            if below._meta.label not in known:
                known.add(below._meta.label)
                go_with(below, known)
    return known


def test_only_personal_rows_go_with_a_person():
    assert go_with(User) == PERSONAL | OF_EDITORS


def test_the_walk_sees_what_a_material_takes_along():
    assert {"resources.MaterialFile", "resources.Saved", "resources.MaterialTag"} <= go_with(Material)


@pytest.mark.parametrize(
    "label",
    [
        "portal.File",
        "portal.School",
        "portal.Case",
        "portal.Complaint",
        "portal.Act",
        "resources.Material",
        "community.Post",
        "leaders.Application",
        "leaders.Certificate",
        "leaders.ChangeProject",
        "leaders.Enrolment",
        "leaders.Review",
        "wagtailcore.Page",
    ],
)
def test_content_survives_every_person(label):
    assert apps.get_model(label)._meta.label == label
    assert label not in go_with(User)


@pytest.mark.django_db
def test_the_work_of_a_person_who_leaves_stays():
    author, reader = make_person("author@example.org", school=make_school()), make_person("reader@example.org")
    material = make_material(author, files=[("picture.png", make_image("PNG"))])
    portal_actions.complain(reader, material.ref, reason=Complaint.Reason.OTHER)
    school = portal_actions.propose_school(reader, name="№ 2 мектеп", region=Region.objects.get(code="31"))
    actions.thank(reader, material)
    acts = Act.objects.count()

    User.objects.filter(pk__in=[author.pk, reader.pk]).delete()

    material.refresh_from_db()
    assert material.author is None
    assert MaterialFile.objects.get(material=material).file.uploaded_by is None
    assert Complaint.objects.get().by is None
    assert School.objects.get(pk=school.pk).proposed_by is None
    assert Act.objects.filter(actor=None).count() == acts
