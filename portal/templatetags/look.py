"""Tags of the look: icons, stylesheets, fields, avatars."""

from functools import cache, lru_cache
from hashlib import md5
from html import escape as escaped_text

from django import forms, template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, get_language_info, gettext, ngettext
from django_htmx.jinja import htmx_script

from portal.stylesheets import STYLESHEETS
from search.analysis import guess_language

register = template.Library()

AVATAR_TONES = 6
LANGUAGE_SHORT = {"kk": "Қаз", "ru": "Рус", "en": "Eng"}
FILE_ICONS = {
    "document": "file-text",
    "pdf": "file-text",
    "slides": "presentation",
    "sheet": "sheet",
    "image": "image",
    "video": "video",
    "link": "link",
}


FRAME = {
    "materials": "materials",
    "groups": "groups",
    "programmes": "catalogue",
    "people": "people",
    "share": "share_material",
    "saved": "saved_materials",
    "search": "search",
    "start": "start",
    "notices": "notices",
    "bell": "bell",
    "login": "account_login",
    "logout": "account_logout",
    "signup": "account_signup",
    "look": "set_look",
}


@register.simple_tag
def frame_addresses():
    """Where the links of every page lead."""
    return addresses_in(get_language())


@cache
def addresses_in(language):
    return {"home": f"/{language}/"} | {key: reverse(name) for key, name in FRAME.items()}


@register.simple_tag
@cache
def script(name):
    """A module that the page loads; its address is long to work out and stays as it is."""
    return format_html('<script type="module" src="{}"></script>', static(name))


@register.simple_tag
@cache
def own_assets():
    """The mark, the stylesheets and the scripts of every page."""
    bundle = getattr(staticfiles_storage, "bundle", None)
    mark = format_html('<link rel="icon" href="{}" type="image/svg+xml">', static("portal/icons/mark.svg"))
    styles = (format_html('<link rel="stylesheet" href="{}">', static(name)) for name in ([bundle] if bundle else STYLESHEETS))
    return mark_safe("\n".join([htmx_script(), mark, *styles, script("portal/js/portal.js")]))  # noqa: S308


@register.simple_tag
@cache
def icon(name, label="", css=""):
    """Draws a symbol of the sprite; hidden from screen readers unless it carries a label. A page draws dozens, all alike."""
    described = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon {}" {} width="20" height="20"><use href="{}#{}"></use></svg>',
        css,
        described,
        static("portal/icons/sprite.svg"),
        name,
    )


@cache
def drawn(template, _language, **context):
    """A part of the frame that is the same on page after page is drawn once in each language."""
    return render_to_string(template, context)


@register.simple_tag
def look_choices(look):
    return drawn("components/look_choices.html", get_language(), **(look or {}))


SECTIONS = ("materials", "groups", "programmes", "people")


@register.simple_tag(takes_context=True)
def sections(context, for_guest=False):
    """Pages of errors draw it as for a guest: they ask the database nothing."""
    path, addresses = path_of(context), addresses_in(get_language())
    current = next((name for name in SECTIONS if addresses[name] in path), "")
    how = "page" if current and addresses[current] == path else "true"
    return drawn("components/sections.html", get_language(), current=current, how=how, is_known=not for_guest and is_known(context))


@register.simple_tag(takes_context=True)
def bottom_bar(context):
    path = path_of(context)
    current = next((name for name, address in addresses_in(get_language()).items() if address == path), "")
    return drawn("components/bottom_bar.html", get_language(), current=current, is_known=is_known(context))


def path_of(context) -> str:
    """Some pages of errors are drawn without a request."""
    return context["request"].path if "request" in context else ""


def is_known(context) -> bool:
    return "user" in context and context["user"].is_authenticated


@register.simple_tag(takes_context=True)
def person_links(context):
    """The menu of a person: what everyone has, and what hers is to look after."""
    user = context["user"]
    edits = user.needs_second_factor and user.edits_pages
    offices = {"confirms": user.confirms_positions, "cares": user.is_caretaker, "administers": user.is_superuser, "edits": edits}
    return drawn("components/person_links.html", get_language(), **offices)


@register.simple_tag
def guest_links():
    return drawn("components/guest.html", get_language())


# Where in a box that has been drawn stands what somebody types
TYPED = "{typed}"


@register.simple_tag
def search_box(id, query="", **context):
    """`large` as on the home page · `query`: what stands in it · `action` and `label` of a box that looks for one kind of things."""
    box = drawn("components/search_box.html", get_language(), id=id, **context)
    return mark_safe(box.replace(TYPED, escaped(query)))  # noqa: S308


@register.simple_tag
@cache
def language_badge(code):
    """The badge of the language a thing is written in."""
    return render_to_string("components/language.html", {"code": code})


def escaped(value) -> str:
    """What is not safe yet, made so: as Django's function, without what that asks first of what is plain text or safe nearly always."""
    if type(value) is str:
        return escaped_text(value)
    return value if type(value) is SafeString else conditional_escape(value)


def markup(text: str) -> SafeString:
    """Made in Python, with all that others wrote in it `escaped`. As `mark_safe`, without what that asks first: a page has hundreds."""
    return SafeString(text)


@register.filter
def dotted(facts):
    """Words beside each other with dots between; empty ones are left out."""
    return markup("".join(f'<span class="dotted">{escaped(fact)}</span>' for fact in facts if fact))


PASSAGE = '<p class="row-passage"{}>{} <span class="row-place">{}</span></p>'


@register.simple_tag
def row(title, href, *, kind="", symbol="", lang="", facts=(), passage="", place="", signals=(), state="", tone=""):
    """One line of a list: <ol class="rows">{% row title=… href=… %}</ol>. Drawn here and not in a template: a page has dozens.

    kind (document, pdf, slides, sheet, image, video, link) or symbol: the icon · lang: of the title and passage; draws the badge
    facts: words, joined by dots · passage: safe HTML with <mark>, place: "page 3 of the file"
    state with its tone: a chip before the facts · signals: list of {"icon", "text"} at the end, in the human tone
    """
    in_language = language_attribute(lang)
    passage = PASSAGE.format(in_language, escaped(passage), escaped(place)) if passage else ""
    state = f'<span class="chip{f" chip-{tone}" if tone else ""}">{escaped(state)}</span>' if state else ""
    return markup(
        f'<li class="row"><span class="row-icon">{icon(symbol or file_icon(kind))}</span><div class="row-body">'
        f'<p class="row-title"><a href="{escaped(href)}"{in_language}>{escaped(title)}</a></p>{passage}'
        f'<p class="row-facts">{state}{language_badge(lang) if lang else ""}{dotted(facts)}{signs(signals) if signals else ""}</p>'
        "</div></li>"
    )


@cache
def language_attribute(code):
    return format_html(' lang="{}"', code) if code else ""


def signs(signals):
    drawn = (f'<span class="signal">{icon(sign["icon"])}{escaped(sign["text"])}</span>' for sign in signals)
    return markup("".join(drawn))


@register.filter
def day(moment) -> str:
    return written_day(localtime(moment).date(), get_language()) if moment else ""


@lru_cache(1000)
def written_day(date, language: str) -> str:
    """The things of a list come from few days, and writing one out takes longer than anything else in its row."""
    return date_format(date, "SHORT_DATE_FORMAT")


@register.filter
def file_icon(kind):
    return FILE_ICONS.get(kind, "file")


@register.filter
def language_short(code):
    return LANGUAGE_SHORT.get(code, code)


@register.filter
def language_name(code):
    return get_language_info(code)["name_local"].capitalize()


@register.simple_tag
def alternate_links(links):
    return in_each_language('<link rel="alternate" hreflang="{code}" href="{url}">', links)


@register.simple_tag
def language_anchors(links):
    """The page in each language, by the short name of the language."""
    return in_each_language('<a href="{url}" lang="{code}" hreflang="{code}" title="{label}"{current}>{short}</a>', links)


@register.simple_tag
def language_list(links):
    """The same at the foot of the page, by the whole name."""
    return in_each_language('<li><a href="{url}" lang="{code}" hreflang="{code}"{current}>{label}</a></li>', links)


def in_each_language(html: str, links):
    pieces = []
    for link in links:
        code, current = link["code"], ' aria-current="true"' if link["current"] else ""
        pieces.append(html.format(url=escaped(link["url"]), code=code, label=link["label"], short=language_short(code), current=current))
    return mark_safe("".join(pieces))  # noqa: S308 - codes and names of languages are ours


@register.filter
def language_of(text):
    """What a person wrote says in which language, when nobody asked her."""
    return guess_language(text)


@register.filter
def initials(name):
    return "".join(word[0] for word in str(name).split()[:2]).upper()


@register.filter
def avatar_tone(name):
    """The same person has the same colour on every page and server."""
    return md5(str(name).encode(), usedforsecurity=False).digest()[0] % AVATAR_TONES + 1


def field_kind(bound_field):
    """Which layout a field takes: its widget's kind, not its data type. A widget may name its `layout`."""
    widget = bound_field.field.widget
    if layout := getattr(widget, "layout", ""):
        return layout
    if isinstance(widget, forms.RadioSelect):
        return "chips" if widget.allow_multiple_selected else "choices"
    return {"checkbox": "checkbox", "file": "file"}.get(getattr(widget, "input_type", ""), "line")


@register.inclusion_tag("components/field.html")
def field(bound_field, kind="", hint="", placeholder=True, mark=""):
    """A form field with label, hint and errors; `kind` overrules how it is laid out, `mark` is a remark such as "from the file"."""
    # False leaves an attribute out. Inline styles are refused by the content policy; where one hid a field, `field-hidden` does.
    attrs = {"style": False} if placeholder else {"style": False, "placeholder": False}
    return {
        "field": bound_field,
        "control": bound_field.as_widget(attrs=attrs),
        "kind": kind or field_kind(bound_field),
        "grouped": isinstance(bound_field.field.widget, forms.RadioSelect),
        "hint": hint or bound_field.help_text,
        "mark": mark,
    }


@register.inclusion_tag("components/form.html")
def form_fields(form, placeholder=True):
    """The error summary and every field of a form, in its order."""
    return {"form": form, "placeholder": placeholder}


@register.filter
def message_kind(level_tag):
    return {"success": "ok", "warning": "warn", "error": "danger"}.get(level_tag, "info")


FACET = '<fieldset class="facet"><legend>{}</legend>{}{}</fieldset>'
MORE = '<details class="facet-more"{}><summary>{}{}</summary>{}</details>'
OPEN_OPTIONS = 5


@register.simple_tag
def facet(title, name, options):
    """Five values open, the rest behind "more"; stands in <form class="facets" …>. Drawn here and not in a template: a page of results
    has a hundred values. options: list of {"value", "label", "count", "checked"}"""
    first, rest = options[:OPEN_OPTIONS], options[OPEN_OPTIONS:]
    more = ""
    if rest:
        label = ngettext("%(count)s more", "%(count)s more", len(rest)) % {"count": len(rest)}
        is_open = " open" if any(option["checked"] for option in rest) else ""
        more = MORE.format(is_open, icon("chevron-down"), escaped(label), facet_options(name, rest))
    return markup(FACET.format(escaped(title), facet_options(name, first), more))


def facet_options(name, options):
    attributes = f'type="checkbox" name="{escaped(name)}"'
    return "\n".join(facet_option(attributes, **option) for option in options)


def facet_option(attributes, value, label, count, checked):
    return (
        f'<label class="facet-option"><input {attributes} value="{escaped(value)}"{" checked" if checked else ""}>'
        f'<span>{escaped(label)}</span><span class="facet-count">{count}</span></label>'
    )


@register.simple_tag
def tab_links(tabs):
    """list of {"label", "url", "current", "count"}; the last two may be missing, and count is a number. Drawn here: a page has a dozen."""
    return markup("".join(map(tab_link, tabs)))


def tab_link(tab):
    count = tab.get("count")
    counted = "" if count is None else f' <span class="tab-count">{count}</span>'
    current = ' aria-current="page"' if tab.get("current") else ""
    return f'<li><a href="{escaped(tab["url"])}"{current}>{escaped(tab["label"])}{counted}</a></li>'


GAP = '<span class="pagination-gap">…</span>'


@register.simple_tag
def page_links(pages):
    """list of {"number", "url", "current"}, None for a gap."""
    word = gettext("Page")
    drawn = (f"<li>{page_link(word, **each) if each else GAP}</li>" for each in pages)
    return markup("".join(drawn))


def page_link(word, number, url, current=False):
    current = ' aria-current="page"' if current else ""
    return f'<a href="{escaped(url)}"{current}><span class="hidden">{word} </span>{number}</a>'
