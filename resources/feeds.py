"""The newest materials in the language of the address, of all subjects or of one."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from portal.feeds import SHOWN, as_view, of_portal
from portal.models import Subject
from portal.text import plain

from .models import Material
from .search import SUMMARY_LETTERS


class MaterialsFeed(Feed):
    def title(self):
        return of_portal(gettext("Newest materials"))

    def link(self):
        return reverse("materials")

    def description(self):
        return gettext("Lesson materials, experience and answers, shared by teachers of Kazakhstan.")

    def items(self):
        return self.newest()[:SHOWN]

    def newest(self):
        guest = AnonymousUser()
        return Material.objects.visible_to(guest).filter(language=get_language()).select_related("author").order_by("-published_at", "-pk")

    def item_title(self, material: Material):
        return material.title

    def item_description(self, material: Material):
        return Truncator(plain(material.description)).chars(SUMMARY_LETTERS)

    def item_link(self, material: Material):
        return reverse("material", args=[material.pk])

    def item_author_name(self, material: Material):
        return material.author.get_full_name() if material.author else None

    def item_pubdate(self, material: Material):
        return localtime(material.published_at)

    def item_updateddate(self, material: Material):
        return localtime(material.changed_at)


class SubjectFeed(MaterialsFeed):
    def get_object(self, request, code: str):
        return get_object_or_404(Subject, code=code)

    def title(self, subject):
        return f"{subject} · {super().title()}"

    def link(self, subject):
        return f"{super().link()}?subject={subject.code}"

    def description(self, subject):
        return super().description()

    def items(self, subject):
        return self.newest().filter(subjects=subject)[:SHOWN]


materials_feed, subject_feed = as_view(MaterialsFeed()), as_view(SubjectFeed())
