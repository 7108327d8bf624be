"""Who works on the pages: authors write, editors approve and publish, translators bring a text into the other languages."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

AUTHORS, EDITORS, TRANSLATORS = "Authors", "Editors", "Translators"
WORKFLOW = "Редактор → аудармашы · Редактор → переводчик"
STEPS = {"Редактор": EDITORS, "Аудармашы · Переводчик": TRANSLATORS}

WRITING = ("add_page",)
EDITING = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
TRANSLATING = ("add_page", "change_page")
MEDIA = ("add_picture", "change_picture", "choose_picture", "add_document", "change_document", "choose_document")


def make_editors(homes: list[Page]) -> None:
    """People of these groups work in the CMS, after they have set up a second factor like everybody who enters it."""
    root, translations = homes[0].get_parent(), homes[1:]
    make_group(AUTHORS, root, WRITING)
    rights = [right for model in ("redirect", "banner", "holiday", "synonym", "pin") for right in every_right(model)]
    make_group(EDITORS, root, EDITING, "submit_translation", *rights)
    translators = make_group(TRANSLATORS, root, TRANSLATING, "submit_translation")
    for home in translations:
        permit(translators, home, ("publish_page",))
    if not WorkflowPage.objects.filter(page__in=homes).exists():
        make_workflow(homes)


def make_group(name: str, root: Page, page_permissions, *permissions: str) -> Group:
    group = Group.objects.get_or_create(name=name)[0]
    group.permissions.add(*Permission.objects.filter(codename__in=("access_admin", *permissions)))
    permit(group, root, page_permissions)
    files = Collection.get_first_root_node()
    for permission in Permission.objects.filter(content_type__app_label="portal", codename__in=MEDIA):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)
    return group


def every_right(model: str) -> list[str]:
    return [f"{right}_{model}" for right in ("view", "add", "change", "delete")]


def permit(group: Group, page: Page, permissions) -> None:
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=permissions):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def make_workflow(homes: list[Page]) -> None:
    """What an author has written waits for an editor, then for a translator, and is published when both have agreed."""
    workflow = Workflow.objects.create(name=WORKFLOW)
    for number, (name, group) in enumerate(STEPS.items()):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(Group.objects.get(name=group))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=number)
    for home in homes:
        WorkflowPage.objects.create(workflow=workflow, page=home)
