"""What is shared and looked for in each language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """`queries` ask for the title: inflected, typed without the letters of Kazakh, in the wrong case. `inside` stands only in the file.

    `others` lie on the same shelf; the material `paged` holds a PDF of `pages`, and `on_page_two` is a word of the second.
    """

    given_name: str
    family_name: str
    title: str
    body: str
    queries: tuple[str, ...]
    inside: str
    others: tuple[str, ...]
    paged: str
    pages: tuple[str, str]
    on_page_two: str


STORIES = {
    "kk": Story(
        given_name="Гүлнәр",
        family_name="Сәрсенова",
        title="Гук заңы: серіппе қалай созылады",
        body="# Физика сабағының қысқа мерзімді жоспары\nПән: Физика. Сынып: 8-сынып.\nОқушылар күшті динамометр арқылы өлшейді.",
        queries=("серіппенің созылуы", "сериппенин созылуы", "ГУК ЗАҢЫ"),
        inside="динамометрмен",
        others=("Архимед күші", "Жылдамдық пен жол", "Ньютонның екінші заңы", "Қысым"),
        paged="Электр тогы",
        pages=("Электр тізбегінің бөліктері", "Кедергіні реостатпен өзгерту"),
        on_page_two="кедергінің",
    ),
    "ru": Story(
        given_name="Ольга",
        family_name="Пак",
        title="Закон Гука: как растягивается пружина",
        body="# Краткосрочный план урока физики\nПредмет: Физика. 8 класс.\nУченики измеряют силу динамометром.",
        queries=("пружины и законы", "закОН гуКА"),
        inside="динамометры",
        others=("Архимедова сила", "Скорость и путь", "Второй закон Ньютона", "Давление"),
        paged="Электрический ток",
        pages=("Части электрической цепи", "Изменение сопротивления реостатом"),
        on_page_two="сопротивлением",
    ),
    "en": Story(
        given_name="Aigerim",
        family_name="Bekova",
        title="Hooke's law: how a spring stretches",
        body="# Lesson plan for physics\nSubject: Physics. Grade 8.\nStudents measure the force with a dynamometer.",
        queries=("stretched springs", "HOOKE'S LAW"),
        inside="dynamometers",
        others=("The force of Archimedes", "Speed and distance", "Newton's second law", "Pressure"),
        paged="Electric current",
        pages=("Parts of an electric circuit", "Changing the resistance with a rheostat"),
        on_page_two="rheostats",
    ),
}


@dataclass(frozen=True)
class News:
    """`query` asks for a word of the text in another form than it stands there."""

    title: str
    text: str
    picture: str
    query: str


NEWS = {
    "kk": News(
        title="Ұстаздар кездесуі қаңтарда өтеді",
        text="Мұғалімдер сейсенбіде жиналады.",
        picture="Тақта алдындағы мұғалім",
        query="сейсенбі",
    ),
    "ru": News(
        title="Встреча учителей пройдёт в январе",
        text="Учителя соберутся во вторник.",
        picture="Учитель у доски",
        query="вторника",
    ),
    "en": News(
        title="Teachers meet in January",
        text="Teachers gather on Tuesday.",
        picture="A teacher at the board",
        query="gathering",
    ),
}


@dataclass(frozen=True)
class Talk:
    """What colleagues say to each other. `similar` was asked before; `query` asks for a word of the answer in another form."""

    name: str
    purpose: str
    similar: str
    title: str
    text: str
    strong: str
    answer: str
    query: str
    question: str
    request: str
    word: str


TALKS = {
    "kk": Talk(
        name="Биология зертханасы",
        purpose="Тәжірибелерді бірге дайындаймыз.",
        similar="Микроскопты қалай баптаймыз?",
        title="Микроскоп баптау",
        text="Пияз қабығы бұлыңғыр көрінеді.",
        strong="Не істейсіз?",
        answer="біз алдымен конденсорды төмен түсіреміз.",
        query="конденсордың",
        question="Қай сыныпта сабақ бересіз?",
        request="Жетінші сыныпта.",
        word="Қош келдіңіз!",
    ),
    "ru": Talk(
        name="Биологическая лаборатория",
        purpose="Готовим опыты вместе.",
        similar="Как настроить микроскоп?",
        title="Настройка микроскопа",
        text="Кожица лука видна нечётко.",
        strong="Что вы делаете?",
        answer="мы сначала опускаем конденсор.",
        query="конденсором",
        question="В каком классе вы преподаёте?",
        request="В седьмом.",
        word="Добро пожаловать!",
    ),
    "en": Talk(
        name="Biology laboratory",
        purpose="We prepare experiments together.",
        similar="How to adjust a microscope?",
        title="Adjusting the microscope",
        text="Onion skin looks blurred.",
        strong="What do you do?",
        answer="we lower the condenser first.",
        query="condensers",
        question="Which grade do you teach?",
        request="The seventh.",
        word="Welcome!",
    ),
}
