from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What `user` may open: published and not hidden, for her audience; her own; for caretakers all that was published."""
        shown = Q(state="published", hidden_at=None)
        if not user.is_authenticated:
            return self.filter(shown, Q(audience="public"), ~Q(type__requires_verified=True))
        own = Q(author=user)
        if user.is_caretaker:
            return self.filter(own | (Q(state="published") & ~Q(audience="me")))
        confirmed = [position.school_id for position in user.current_positions if position.confirmed_at]
        audience = Q(audience__in=["public", "members"]) | Q(audience="school", school__in=confirmed)
        if not user.is_verified:
            audience &= ~Q(type__requires_verified=True)
        return self.filter(own | (shown & audience))

    def editable_by(self, user):
        return self.filter(author=user) if user.is_authenticated else self.none()

    def drafts(self):
        return self.filter(state="draft")

    def published(self):
        return self.filter(state="published")

    def shown(self):
        """Published and not hidden by a caretaker: what has an entry in search."""
        return self.filter(state="published", hidden_at=None)

    def with_row_data(self):
        """Everything a list row needs, in a constant number of queries."""
        return self.select_related("author", "type").prefetch_related("subjects", "grades", "files__file")

    def with_entry_data(self):
        """Everything an entry of search says, in a constant number of queries."""
        saves = self.model.saves.rel.related_model.objects.filter(material=OuterRef("pk")).order_by().values("material")
        rows = self.select_related("author", "type", "school").annotate(saves_count=Subquery(saves.annotate(n=Count("pk")).values("n")))
        return rows.prefetch_related("subjects", "grades", "objectives", "tagged_items__tag", "links", "files__file__texts")
