"""The catalogue's own page in each language, at the address of the list."""

from django.db import transaction

from portal.models import HomePage
from portal.preparation import SOURCE_LANGUAGE, linked, publish

from .models import CataloguePage
from .models.pages import CATALOGUE

TITLES = {
    "kk": ("Бағдарламалар", "Мектептегі өзгерістерге жетелейтін оқу бағдарламалары мен олардың лектері."),
    "ru": ("Программы", "Программы обучения, которые ведут к изменениям в школе, и их потоки."),
    "en": ("Programmes", "Training programmes that lead to change in schools, and their cohorts."),
}


@transaction.atomic
def put_catalogue() -> None:
    """Repeating it changes nothing; what editors have written since stays."""
    source = None
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    for language in sorted(homes, key=lambda code: code != SOURCE_LANGUAGE):
        title, lead = TITLES[language]
        made = CataloguePage.objects.child_of(homes[language]).first() or publish(
            CataloguePage(title=title, lead=lead, slug=CATALOGUE, locale=homes[language].locale, **linked(source)), homes[language]
        )
        source = source or made
