"""How forms are drawn."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe


class Renderer(TemplatesSetting):
    form_template_name = "components/form.html"

    def render(self, template_name, context, request=None):
        """A menu of thirty subjects would be sixty templates, which is half of what a small page costs: it is drawn here."""
        if template_name == forms.Select.template_name:
            return menu(context["widget"])
        return super().render(template_name, context, request)


def menu(widget) -> str:
    groups = (labelled(name, "".join(map(option, options))) for name, options, _index in widget["optgroups"])
    return mark_safe(f'<select name="{escape(widget["name"])}"{attributes(widget["attrs"])}>{"".join(groups)}</select>')  # noqa: S308


def labelled(name: str | None, options: str) -> str:
    return f'<optgroup label="{conditional_escape(name)}">{options}</optgroup>' if name else options


def option(widget) -> str:
    value, label = escape(str(widget["value"])), conditional_escape(widget["label"])
    return f'\n<option value="{value}"{attributes(widget["attrs"])}>{label}</option>'


def attributes(attrs: dict) -> str:
    """As Django writes them: True stands by its name alone, False is left out."""
    said = ((name, value) for name, value in attrs.items() if value is not False)
    return "".join(f" {escape(name)}" if value is True else f' {escape(name)}="{conditional_escape(str(value))}"' for name, value in said)
