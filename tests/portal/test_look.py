"""The look keeps its promises: one place for colours, no inline style, icons that exist, error pages that need nothing."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from portal.look_sample import sample
from portal.models import User
from portal.stylesheets import BUNDLE, STYLESHEETS, BundledStorage

ROOMS = [Path(settings.BASE_DIR) / name for name in ("portal", "community", "resources", "leaders", "search")]
STATIC = Path(settings.BASE_DIR) / "portal" / "static"
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(")


def sources(*suffixes):
    return [path for room in ROOMS for path in room.rglob("*") if path.suffix in suffixes]


def test_every_stylesheet_is_linked():
    assert sorted(STYLESHEETS) == sorted(f"portal/css/{path.name}" for path in (STATIC / "portal" / "css").glob("*.css"))


def test_only_the_tokens_write_colours():
    wrong = [path.name for path in sources(".css") if path.name != "tokens.css" and COLOUR.search(path.read_text("utf-8"))]
    assert not wrong


def test_no_template_carries_style_script_or_handler():
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)")
    pages = [path for path in sources(".html") if path.parent.name != "mail"]
    wrong = [(path.name, found.group()) for path in pages if (found := inline.search(path.read_text("utf-8")))]
    assert not wrong


def test_every_icon_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "portal/icons/sprite.svg").read_text("utf-8")))
    named = re.compile(r"""{% icon "([^"]+)"|\bicon="([^"]+)"|"icon": "([^"]+)\"""")
    used = {next(filter(None, groups)) for path in sources(".html", ".py") for groups in named.findall(path.read_text("utf-8"))}
    assert not used - drawn


def test_stylesheets_are_joined_when_static_files_are_collected(tmp_path):
    (tmp_path / "portal/css").mkdir(parents=True)
    for name in STYLESHEETS:
        (tmp_path / name).write_text(f"/* {name} */")
    storage = BundledStorage(location=tmp_path, base_url="/static/")
    list(storage.post_process({name: (storage, name) for name in STYLESHEETS}))
    assert (tmp_path / BUNDLE).read_text().count("/*") == len(STYLESHEETS)
    assert re.fullmatch(r"/static/portal/css/site\.[0-9a-f]{12}\.css", storage.url(BUNDLE))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("template", ["403.html", "404.html", "429.html", "500.html", "403_csrf.html"])
def test_error_pages_need_neither_request_nor_database(template, language):
    with translation.override(language):
        html = render_to_string(template)
    assert f'<html lang="{language}"' in html
    assert f'href="/{language}/"' in html


@pytest.mark.parametrize("template", ["403.html", "404.html"])
def test_error_pages_of_a_request_leave_the_database_alone(template, rf):
    """No database is open to this test: a look at the person or at the footer's pages would fail it."""
    request = rf.get("/kk/no/such/place/")
    request.user = SimpleLazyObject(lambda: User.objects.get(pk=1))
    assert "<h1>" in render_to_string(template, request=request)


class AnyForm(forms.Form):
    title = forms.CharField(label="Title", help_text="Short.")
    grades = forms.MultipleChoiceField(label="Grades", choices=[("5", "5")], widget=forms.CheckboxSelectMultiple, required=False)
    trap = forms.CharField(label="", required=False, widget=forms.TextInput(attrs={"style": "position: absolute"}))


def draw(form):
    return Template("{% load look %}{% form_fields form %}").render(Context({"form": form}))


def test_an_error_is_tied_to_its_field_and_listed_on_top():
    html = draw(AnyForm({"title": ""}))
    assert 'href="#id_title"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert html.count('id="id_title_error"') == html.count('id="id_title_helptext"') == 1


def test_a_group_of_choices_has_a_legend_and_a_hidden_field_no_inline_style():
    html = draw(AnyForm())
    assert re.search(r"<fieldset[^>]*field-chips.*?<legend[^>]*>\s*Grades", html, re.S)
    assert "style=" not in html
    assert "field-hidden" in html


def test_the_page_of_components_draws(rf):
    request = rf.get("/kk/look/")
    with translation.override("kk"):
        html = render_to_string("portal/look.html", {"sample": sample(), "request": request})
    assert "Сызықтық теңдеулер" in html
