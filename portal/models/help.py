from django.db import models


class HelpArticle(models.Model):
    """An article of the help centre that was put up once. What editors have done to it since, deleting it too, is theirs."""

    key = models.SlugField(unique=True)

    def __str__(self) -> str:
        return self.key
