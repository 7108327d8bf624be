"""What an applicant fills in."""

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from portal.files import ACCEPT
from portal.forms.fields import PersonName
from portal.models.people import LANGUAGES

from ..models import Application, Question

LINE_LETTERS = 300


class DraftForm(forms.Form):
    """A field for each question of the cohort. A draft may leave out whatever it likes: what is wanted is asked for when it is sent."""

    language = forms.ChoiceField(
        label=_("In which language do you write?"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("Letters about the application come in this language."),
    )

    def __init__(self, *args, application: Application, questions: list[Question], **kwargs):
        written = {name_of(answer.question_id): answer.text for answer in application.answers.all()}
        super().__init__(*args, initial={"language": application.language, **written}, **kwargs)
        self.questions = questions
        for question in questions:
            field = field_of(question)
            field.required, field.wanted = False, question.required
            self.fields[name_of(question.pk)] = field

    def rows(self) -> list[dict]:
        return [{"question": question, "field": self[name_of(question.pk)]} for question in self.questions]

    @property
    def has_files(self) -> bool:
        return any(question.kind == Question.Kind.FILE for question in self.questions)

    def answers(self) -> dict[int, str]:
        asked = [question for question in self.questions if question.kind != Question.Kind.FILE]
        return {question.pk: self.cleaned_data[name_of(question.pk)] for question in asked}

    def sent_files(self) -> list[tuple[Question, object]]:
        asked = [question for question in self.questions if question.kind == Question.Kind.FILE]
        return [(question, sent) for question in asked if (sent := self.cleaned_data[name_of(question.pk)])]


def name_of(question: int) -> str:
    return f"q{question}"


def field_of(question: Question) -> forms.Field:
    said = {"label": question.name, "help_text": escape(question.hint)}
    if question.kind == Question.Kind.FILE:
        return forms.FileField(widget=forms.FileInput(attrs={"accept": ACCEPT}), **said)
    if question.kind == Question.Kind.CHOICE:
        return forms.ChoiceField(choices=question.options(), widget=forms.RadioSelect, **said)
    if question.kind == Question.Kind.LINE:
        return forms.CharField(max_length=min(question.max_letters, LINE_LETTERS), **said)
    return forms.CharField(max_length=question.max_letters, widget=forms.Textarea(attrs={"rows": 6}), **said)


class ConsentForm(forms.Form):
    consent = forms.BooleanField(
        label=_("I agree: what I have written and my files are read by those who select the participants of this cohort."),
        error_messages={"required": _("Without your consent nobody may read the application.")},
    )


class EndorsementForm(forms.Form):
    # It stands in a letter of ours to somebody who does not know us
    head_name = PersonName(
        label=_("Name of the head of your school"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    head_email = forms.EmailField(
        label=_("E-mail of the head or of the school"),
        help_text=_("A letter with a link goes there. The head needs no account on the portal."),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES, widget=forms.RadioSelect)


class EndorseForm(forms.Form):
    """The head says yes, or says no and why."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("given", _("I endorse this application")), ("refused", _("I do not endorse it"))],
        widget=forms.RadioSelect,
    )
    word = forms.CharField(
        label=_("A few words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The applicant and those who select the participants read them."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == "refused" and not cleaned.get("word"):
            self.add_error("word", _("Say in a few words why."))
        return cleaned
