"""What a test begins with that commits: the prepared portal, whatever the one before has left."""

import pytest
from wagtail.models import Page, Site

from portal.models import HomePage, SectionPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("time", ["first", "second"])
def test_the_prepared_portal_stands_there_each_time(time):
    root, homes = Page.get_first_root_node(), HomePage.objects.all()
    assert list(root.get_children().values_list("pk", flat=True)) == list(homes.values_list("pk", flat=True))
    assert root.numchild == len(homes) == 3 and Site.objects.get().root_page in [home.page_ptr for home in homes]
    assert SectionPage.objects.filter(is_news=True).count() == 3
    SectionPage.objects.all().delete()
    Page.objects.filter(pk=root.pk).update(numchild=9)
