"""People are looked at in the CMS; their names and schools are their own. Given and ended here are roles and access."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from .. import actions
from ..alphabet import sort_key
from ..forms.complaints import ReasonForm
from ..models import Position, Region, Role, School, User
from ..models.people import LANGUAGES
from ..vocabularies import language_labels, region_labels
from .viewsets import AddView, EditView, IndexView, RemoveView, RowViewSet


def schools_of(user: User) -> str:
    return ", ".join(str(position.school) for position in user.positions.all())


def roles_of(user: User) -> str:
    return ", ".join(str(role.get_name_display()) for role in user.roles.all())


def role_place(role: Role) -> School | str:
    """What a role is limited to, as it is read: a school, a language, a region."""
    kind, _colon, code = role.scope.partition(":")
    if kind == "school":
        return School.objects.filter(pk=code).first() or ""
    return {"language": language_labels, "region": region_labels}[kind]([code]).get(code, "") if kind else ""


def described(role: Role) -> str:
    place = role_place(role)
    return f"{role.user}: {role.get_name_display()}" + (f", {place}" if place else "")


class PeopleView(IndexView):
    @property
    def header_buttons(self):
        return [HeaderButton(_("Roles"), url=reverse("role:index"), icon_name="key")]

    def get_base_queryset(self):
        positions = Prefetch("positions", Position.objects.current().select_related("school"))
        return super().get_base_queryset().prefetch_related(positions, Prefetch("roles", Role.objects.current()))


@method_decorator(reauthentication_required(allow_get=True), name="dispatch")
class PersonView(EditView):
    """Reading asks for no proof, changing does."""

    template_name = "portal/cms/person.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            person=self.object,
            positions=self.object.positions.select_related("school"),
            has_second_factor=is_mfa_enabled(self.object),
            roles=[(role, role_place(role)) for role in self.object.roles.all()],
            **kwargs,
        )


class AccessForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["is_active", "groups"]
        labels = {"is_active": _("May sign in"), "groups": _("Groups of editors")}
        help_texts = {"is_active": "", "groups": ""}
        widgets = {"groups": forms.CheckboxSelectMultiple}


class PersonViewSet(RowViewSet):
    model = User
    icon = "user"
    add_to_admin_menu = True
    menu_label = _("People")
    menu_order = 320
    index_view_class = PeopleView
    edit_view_class = PersonView
    screens = ("index", "index_results", "edit")
    list_display = [
        "__str__",
        "email",
        Column("schools", label=_("Schools"), accessor=schools_of),
        Column("roles", label=_("Roles"), accessor=roles_of),
        BooleanColumn("is_active", label=_("May sign in"), sort_key="is_active"),
    ]
    list_filter = ["is_active"]

    def get_form_class(self, for_update=False):
        return AccessForm

    def find(self, text, user):
        return Q(email_key__contains=text.lower()) | Q(sort_key__contains=sort_key(text) or "-")

    def save_row(self, form, actor):
        user = User.objects.get(pk=form.instance.pk)
        actions.change_access(actor, user, **form.cleaned_data)
        return user


class ResetSecondFactorView(WagtailAdminTemplateMixin, FormView):
    """Somebody has lost her phone and her codes, and has shown who she is."""

    form_class = ReasonForm
    template_name = "portal/cms/reset_second_factor.html"
    page_title = _("Remove the second factor")
    header_icon = "key"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_superuser:
            raise PermissionDenied
        self.person = get_object_or_404(User.objects.exclude(pk=request.user.pk), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return str(self.person)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": person_url(self.person), "label": str(self.person)},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form):
        actions.reset_second_factor(self.request.user, self.person, reason=form.cleaned_data["reason"])
        messages.success(self.request, _("The second factor is removed; its owner is told."))
        return redirect(person_url(self.person))


def person_url(user: User) -> str:
    return reverse("wagtailusers_users:edit", args=[user.pk])


class RoleForm(forms.ModelForm):
    """A coordinator looks after a school at which she works; a reviewer answers reports of the whole portal, or of a part."""

    user = forms.ModelChoiceField(User.objects.all(), widget=forms.HiddenInput)
    school = forms.ModelChoiceField(School.objects.none(), label=_("School of a coordinator"), required=False)
    part = forms.ChoiceField(label=_("Part of a reviewer"), required=False)

    class Meta:
        model = Role
        fields = ["user", "name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user = self.fields["user"].clean(self["user"].value())
        languages = [(f"language:{code}", label) for code, label in LANGUAGES]
        regions = [(f"region:{region.code}", region.name) for region in Region.objects.all()]
        self.fields["part"].choices = [("", _("the whole portal")), (_("Language"), languages), (_("Region"), regions)]
        self.fields["school"].queryset = School.objects.filter(positions__in=user.positions.current()).distinct()

    @property
    def scope(self) -> str:
        if self.cleaned_data["name"] == Role.Name.REVIEWER and not self.cleaned_data.get("school"):
            return self.cleaned_data.get("part", "")
        school = self.cleaned_data.get("school")
        return f"school:{school.pk}" if school else ""


@method_decorator(reauthentication_required, name="dispatch")
class GiveRoleView(AddView):
    page_title = submit_button_label = _("Give a role")

    def get_initial_form_instance(self):
        person = self.request.POST.get("user") or self.request.GET.get("user", "")
        return Role(user=get_object_or_404(User, pk=person if person.isdecimal() else None))

    def get_page_subtitle(self):
        return str(self.get_initial_form_instance().user)

    def get_breadcrumbs_items(self):
        user = self.get_initial_form_instance().user
        return [*self.breadcrumbs_items, {"url": person_url(user), "label": str(user)}, {"url": "", "label": self.page_title}]

    def get_success_url(self):
        return person_url(self.object.user)

    def get_success_message(self, instance):
        return described(instance)

    def get_success_buttons(self):
        return []


@method_decorator(reauthentication_required, name="dispatch")
class EndRoleView(RemoveView):
    page_title = _("End the role")
    template_name = "portal/cms/end_role.html"
    success_message = _("The role “%(object)s” has ended.")

    def get_page_subtitle(self):
        return described(self.object)

    def get_success_url(self):
        return person_url(self.object.user)

    def get_success_message(self):
        return self.success_message % {"object": described(self.object)}


class RoleViewSet(RowViewSet):
    """Reached from the page of a person."""

    model = Role
    icon = "key"
    add_view_class = GiveRoleView
    delete_view_class = EndRoleView
    screens = ("index", "index_results", "add", "delete")
    list_display = [
        TitleColumn("user", label=capfirst(User._meta.verbose_name), get_url=lambda role: person_url(role.user)),
        Column("name", label=_("Role"), accessor="get_name_display"),
        Column("place", label=_("Limited to"), accessor=role_place),
        Column("since", label=_("Since")),
        Column("until", label=_("Until")),
    ]
    list_filter = ["name"]
    related = ("user",)

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(page_title=_("Roles"), add_url_name=None, **kwargs)

    def get_form_class(self, for_update=False):
        return RoleForm

    def save_row(self, form, actor):
        return actions.give_role(actor, form.cleaned_data["user"], name=form.cleaned_data["name"], scope=form.scope)

    def remove_row(self, row, actor):
        actions.end_role(actor, row)
