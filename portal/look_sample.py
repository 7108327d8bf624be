"""What stands on the page of all components: the words and lengths they will have to carry. Development only."""

from django import forms
from django.utils.safestring import mark_safe


class SampleForm(forms.Form):
    title = forms.CharField(label="Атауы", help_text="Әріптесіңіз іздегенде осы атауды көреді.")
    description = forms.CharField(label="Сипаттамасы", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(label="Түрі", choices=[("plan", "Қысқа мерзімді жоспар"), ("test", "Жиынтық бағалау")])
    grades = forms.MultipleChoiceField(
        label="Сыныптар",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(str(grade), f"{grade}-сынып") for grade in range(5, 12)],
    )
    audience = forms.ChoiceField(
        label="Кім көреді",
        widget=forms.RadioSelect,
        choices=[("public", "Барлық адам"), ("members", "Порталға кірген мұғалімдер"), ("me", "Тек мен")],
    )
    terms = forms.BooleanField(label="Пайдалану шарттарымен және дербес деректерімді жинау мен өңдеумен келісемін")


class SchoolForm(forms.Form):
    school = forms.CharField(label="Мектебіңіз", required=False, help_text="Атауының, қаласының не нөмірінің бірнеше әрпін жазыңыз.")


def sample() -> dict:
    return {
        "trail": [{"label": "Басты бет", "url": "#"}, {"label": "Материалдар", "url": "#"}],
        "tabs": [
            {"label": "Барлығы", "url": "#", "current": True, "count": 1284},
            {"label": "Материалдар", "url": "#", "count": 1203},
            {"label": "Жаңалықтар", "url": "#", "count": 12},
            {"label": "Адамдар", "url": "#", "count": 69},
        ],
        "chips": [{"text": "Математика", "remove_href": "#"}, {"text": "7-сынып", "remove_href": "#"}],
        "rows": ROWS,
        "pages": [{"number": n, "url": "#", "current": n == 2} for n in (1, 2, 3)] + [None, {"number": 15, "url": "#"}],
        "form": SampleForm({"description": "Топтық жұмысқа арналған тапсырмалар.", "kind": "plan", "grades": ["7"], "audience": "public"}),
        "school": SchoolForm()["school"],
        "suggest_url": "/kk/schools/suggest/",
        "files": FILES,
        "facts": [
            ("Пәні", "Математика"),
            ("Сыныбы", "7, 8"),
            ("Түрі", "қысқа мерзімді жоспар"),
            ("Лицензиясы", "CC BY 4.0: авторын көрсете отырып пайдалануға болады"),
        ],
        "people": PEOPLE,
        "cards": CARDS,
        "facets": [
            {"title": "Пән", "name": "subject", "options": options(SUBJECTS, checked=1)},
            {"title": "Тіл", "name": "language", "options": options(("Қазақша", "Орысша", "Ағылшынша"))},
        ],
    }


def options(labels, *, checked: int = 0) -> list[dict]:
    return [
        {"value": str(number), "label": label, "count": 320 // (number + 1), "checked": number < checked}
        for number, label in enumerate(labels)
    ]


SUBJECTS = (
    "Математика",
    "Қазақ тілі мен әдебиеті",
    "Жаратылыстану",
    "Дүниежүзі тарихы",
    "Информатика",
    "Химия",
    "Көркем еңбек",
)
ROWS = [
    {
        "title": "Сызықтық теңдеулер жүйесін алмастыру және қосу тәсілдерімен шешу: топтық жұмысқа арналған сараланған тапсырмалар",
        "kind": "document",
        "lang": "kk",
        "facts": ["математика", "7-сынып", "Ә. Қуанышбекова", "2026 ж. 12 қараша"],
        "signals": [{"icon": "graduation-cap", "text": "12 мұғалім өткізді"}, {"icon": "heart", "text": "40"}],
        "passage": mark_safe("Оқушылар <mark>мектептегі</mark> асхананың мәзірі бойынша теңдеу құрады, сонда есеп таныс өмірден шығады."),
        "place": "файлдың 3-беті",
    },
    {
        "title": "Критериальное оценивание на уроках русского языка",
        "kind": "slides",
        "lang": "ru",
        "facts": ["орыс тілі", "5–6-сынып", "С. Ибраева", "кеше"],
        "signals": [{"icon": "heart", "text": "3"}],
    },
    {
        "title": "Ньютонның екінші заңы: виртуалды зертханалық жұмыс",
        "kind": "video",
        "lang": "kk",
        "facts": ["физика", "9-сынып"],
        "state": "Қаралама",
    },
]
FILES = [
    {
        "kind": "document",
        "name": "Сызықтық_теңдеулер_жүйесі_7_сынып_ҚМЖ.docx",
        "href": "#",
        "facts": ["docx", "2,4 МБ", "6 бет"],
        "state": "ready",
    },
    {"kind": "slides", "name": "Таныстырылым.pptx", "facts": ["pptx", "18 МБ"], "state": "working", "reason": "Мәтіні оқылып жатыр"},
    {"kind": "pdf", "name": "бағалау.pdf", "facts": ["pdf", "310 КБ"], "state": "failed", "reason": "Құпиясөзбен қорғалған"},
    {"kind": "link", "name": "Сабақтың бейнежазбасы", "href": "#", "facts": ["сілтеме"], "state": "ready"},
]
PEOPLE = [
    ("Әйгерім Қуанышбекова", "№ 12 орта мектеп, Қызылорда", 7, 3),
    ("Нұрлан Төлегенұлы", "Ақкөл ауылдық мектебі", 5, 1),
    ("Светлана Ибраева", "Физика-математика бағытындағы лицей, Көкшетау", 8, 4),
]
CARDS = [
    {
        "title": "Математика мұғалімдері",
        "text": "Есеп, тәсіл, олимпиада: сұрақ қойып, жауабымен бөлісетін орта.",
        "icon": "users",
        "meta": "1 204 мұғалім",
    },
    {
        "title": "Өзгерістер көшбасшысы",
        "text": "Мектептегі жоба, тәлімгер, сертификат.",
        "icon": "graduation-cap",
        "meta": "Өтінім қабылдау 15 желтоқсанға дейін",
    },
    {
        "title": "Жаратылыстанушыларға тәжірибелер",
        "text": "Қарапайым құралмен өткізілетін жиырма тәжірибе.",
        "icon": "library",
        "meta": "20 материал",
    },
]
