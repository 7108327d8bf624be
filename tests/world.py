"""A small portal with one of everything, and the readers who meet it."""

from dataclasses import dataclass, field
from io import BytesIO

from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult, get_date_max

from community import actions as community_actions
from community.actions.drafts import attach
from community.demo import make_group, make_topic
from community.invitations import signer as invitation_signer
from community.models import DraftFile, Group, PostFile, Topic
from leaders.demo import make_application, make_cohort, make_enrolment, make_programme_page
from leaders.models import Cohort, ProgrammePage
from portal import actions as portal_actions
from portal.demo import make_administrator, make_event, make_objective, make_person, make_role, make_school
from portal.files import store, uploads
from portal.invitations import signer
from portal.mail.unsubscribing import unsubscribe_token
from portal.models import (
    ArticlePage,
    Case,
    Complaint,
    EventPage,
    HomePage,
    Invitation,
    Objective,
    Position,
    Region,
    SavedSearch,
    School,
    SectionPage,
    Subject,
    User,
)
from portal.preparation import make_article
from resources import actions
from resources.demo import make_material
from resources.models import Material

from .leaders.applying import make_applying
from .leaders.course import make_certified, make_course
from .portal.sample_files import make_docx, make_image, make_pdf

READERS = ("guest", "unverified", "member", "owner", "colleague", "coordinator", "staff")


@dataclass
class World:
    people: dict[str, User]
    materials: dict[str, Material]
    position: Position
    confirmed: Position
    article: ArticlePage
    event: EventPage
    objective: Objective
    upload: str
    cases: dict[str, Case]
    saved_search: SavedSearch
    invitation: Invitation
    proposal: School
    failed: DBTaskResult
    groups: dict[str, Group]
    topics: dict[str, Topic]
    cohorts: dict[str, Cohort]
    programme: ProgrammePage
    course: dict[str, dict]
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, reader: str) -> Client:
        """A browser in which this reader is signed in."""
        if reader not in self.clients:
            self.clients[reader] = Client()
            if reader != "guest":
                self.clients[reader].force_login(self.people[reader])
        return self.clients[reader]

    def address(self, name: str, thing: str, language: str = "kk") -> str:
        """An address by the name of its pattern and of the thing it shows; what the pattern does not ask for falls away."""
        if name == "wagtail_serve":
            pages = {"article": self.article, "event": self.event, "section": self.article.get_parent(), "events": self.event.get_parent()}
            pages["programme"] = self.programme
            return pages[thing].url
        with translation.override(language):
            _address, parameters = next(iter(get_resolver().reverse_dict.getlist(name)))[0][0]
            return reverse(name, kwargs={key: value for key, value in self.arguments(thing).items() if key in parameters})

    def arguments(self, thing: str) -> dict:
        """What can be asked of a thing by the addresses that name it."""
        if thing in self.materials:
            material = self.materials[thing]
            rows = {"file_pk": material.files.first(), "link_pk": material.links.first()}
            pks = {"file_pk": rows["file_pk"] and rows["file_pk"].file_id, "link_pk": rows["link_pk"] and rows["link_pk"].pk}
            return {"pk": material.pk, "source": "materials", "upload": self.upload, **pks}
        if thing == "invitation":
            return {"pk": self.invitation.pk, "token": signer.sign(self.invitation.pk)}
        if thing == "letter":
            return {"token": unsubscribe_token(self.people["owner"], "weekly")}
        if thing == "failed":
            return {"pk": self.failed.pk}
        named = {
            "event": self.event,
            "objective": self.objective,
            "saved_search": self.saved_search,
            "proposal": self.proposal,
            "workplace": self.confirmed.school,
            "position": self.position,
            "confirmed": self.confirmed,
            "article": self.article,
            **self.people,
        }
        named["section"] = self.article.get_parent()
        named["notice"] = self.people["owner"].notices.first()
        if thing in named:
            return {"pk": named[thing].pk, "source": "people"}
        if thing in self.groups:
            return {
                "pk": self.groups[thing].pk,
                "source": "groups",
                "kind": "groups",
                "upload": self.upload,
                **self.in_group(self.groups[thing]),
            }
        if thing in self.topics:
            topic = self.topics[thing]
            file = PostFile.objects.get(post__topic=topic).file_id
            return {
                "pk": topic.pk,
                "number": 1,
                "source": "topics",
                "kind": "topics",
                "name": "pin",
                "file_pk": file,
                "upload": self.upload,
            }
        if thing == "draft-file":
            return {"file_pk": DraftFile.objects.get().file_id}
        if thing.endswith("-post"):
            post = self.topics[thing.replace("-post", "-topic")].posts.get(number=1)
            return {"pk": post.pk, "source": "posts", "kind": "posts", "upload": self.upload}
        if thing in self.course:
            return {"upload": self.upload, **self.course[thing]}
        if thing in self.cohorts:
            role = self.cohorts[thing].roles.first()
            return {"pk": self.cohorts[thing].pk, "role_pk": role.pk}
        if thing in self.cases:
            return {"pk": self.cases[thing].pk}
        part = {"key": "materials", "language": "kk", "number": 0, "code": "mathematics"}
        return {"pk": self.materials["public"].pk, "verb": thing, "upload": self.upload, **part}

    def in_group(self, group: Group) -> dict:
        """A member, a request and an invitation of a group."""
        asked, invitation = group.requests.first(), group.invitations.first()
        token = {"token": invitation_signer.sign(invitation.pk), "invitation_pk": invitation.pk} if invitation else {}
        return {"user_pk": self.people["colleague"].pk, "request_pk": asked.pk if asked else 0, **token}


def make_world() -> World:
    people = make_people()
    owner, materials = people["owner"], make_materials(people["owner"])
    actions.hide_material(people["staff"], materials["hidden"], reason="Оқушының аты көрініп тұр.")
    portal_actions.complain(people["member"], materials["public"].ref, reason=Complaint.Reason.MISTAKE, text="3-тапсырмада қате бар.")
    for reader in ("member", "colleague"):
        actions.thank(people[reader], materials["public"])
        actions.save_for_later(people[reader], materials["public"])
    groups = make_groups(owner, people["colleague"])
    community_actions.ask_to_join(people["unverified"], groups["request-group"], answer="Ауыл мектебінде істеймін.")
    cohorts = make_cohorts(people)
    objective = make_objective(Subject.objects.get(code="physics"))
    materials["public"].objectives.add(objective)
    upload = uploads.begin(user=owner, target="materials", name="план.docx", size=1000)
    return World(
        people=people,
        materials=materials,
        position=people["unverified"].main_position,
        confirmed=people["colleague"].main_position,
        article=make_news(),
        objective=objective,
        event=make_event("Онлайн кездесу", format=EventPage.Format.BOTH, place="Мәжіліс залы", join_url="https://example.org/meeting"),
        upload=str(upload.pk),
        saved_search=portal_actions.save_search(owner, name="Логарифмдер", text="логарифм"),
        cases={"reported": Case.objects.open().get(), "taken": Case.objects.decided().get()},
        invitation=portal_actions.make_invitation_link(people["coordinator"], people["owner"].main_position.school),
        proposal=portal_actions.propose_school(people["unverified"], name="Жаңа ауыл мектебі", region=Region.objects.get(code="31")),
        failed=make_failed_task(),
        groups=groups,
        cohorts=cohorts,
        programme=make_programme_page(cohorts["cohort"].version.programme),
        course=make_course(cohorts["cohort"], people["colleague"])
        | make_certified(owner, people["colleague"], people["member"])
        | make_applying(people, cohorts["cohort"]),
        topics={name.replace("group", "topic"): make_filed_topic(owner, group) for name, group in groups.items()},
    )


def make_people() -> dict[str, User]:
    staff = make_administrator("staff@example.org", family_name="Ахметов", given_name="Данияр")
    school = make_school("school-1", name="№ 1 мектеп", name_ru="Школа № 1", name_en="School No. 1", locality="Алға")
    other = make_school("school-2", name="№ 2 мектеп", name_ru="Школа № 2", name_en="School No. 2", locality="Бірлік")
    teaching = {"subjects": ["mathematics"], "grades": [5, 6], "languages": ["kk", "ru"], "confirmed_by": staff}
    owner = make_person("owner@example.org", school=school, bio="Математика мұғалімімін, ауыл мектебінде істеймін.", **teaching)
    return {
        "staff": staff,
        "owner": owner,
        "colleague": make_person("colleague@example.org", family_name="Оспанова", given_name="Жанар", school=school, **teaching),
        "member": make_person("member@example.org", family_name="Ким", given_name="Виктор", language="ru", school=other, **teaching),
        "unverified": make_person("unverified@example.org", family_name="Ли", given_name="Анна", language="ru", school=school),
        "coordinator": make_role(
            make_person("coordinator@example.org", family_name="Төлеген", given_name="Сәуле", school=other, confirmed_by=staff),
            "coordinator",
            f"school:{school.pk}",
        ),
    }


def make_materials(author: User) -> dict[str, Material]:
    """One of each audience and state; only the public one has files whose words are read."""
    picture, link = ("сурет.png", make_image("PNG")), ("https://example.org/", "Жаттығулар")
    rich = {"files": [("слайд.pdf", make_pdf()), ("жоспар.docx", make_docx())], "links": [link], "tags": ["бөлшек"]}
    fields = {
        "public": {"title": "Бөлшектерді салыстыру", **rich},
        "members": {"title": "Пайыздар", "audience": Material.Audience.MEMBERS},
        "school": {"title": "Мектеп апталығы", "audience": Material.Audience.SCHOOL},
        "assessment": {"title": "Бөлім бойынша жиынтық бағалау", "type": "unit-summative"},
        "mine": {"title": "Өзіме арналған", "audience": Material.Audience.ME},
        "draft": {"title": "Аяқталмаған жоспар", "published": False},
        "hidden": {"title": "Жасырылған"},
    }
    plain = {"files": [picture], "links": [link]}
    return {name: make_material(author, **(plain | given)) for name, given in fields.items()}


def make_groups(owner: User, *members: User) -> dict[str, Group]:
    """One of each kind of access. Of the readers, `owner` and `colleague` are in them."""
    names = {Group.Access.OPEN: "Математика", Group.Access.REQUEST: "Ауыл мектептері", Group.Access.HIDDEN: "Жасырын топ"}
    groups = {f"{access}-group": make_group(owner, *members, name=name, access=access) for access, name in names.items()}
    for group in groups.values():
        community_actions.invite_to_group(owner, group)
    return groups


def make_cohorts(people: dict[str, User]) -> dict[str, Cohort]:
    """Of the readers `owner` manages them, `colleague` studies in the one that takes applications, `member` has applied to it."""
    cohorts = {"cohort": make_cohort(manager=people["owner"])}
    cohorts["draft-cohort"] = make_cohort(cohorts["cohort"].version, state="draft", manager=people["owner"])
    make_enrolment(people["colleague"], cohorts["cohort"])
    make_application(people["member"], cohorts["cohort"])
    return cohorts


def make_filed_topic(owner: User, group: Group) -> Topic:
    """A picture hangs at its first post; in the open group another one waits in a draft."""
    topic = make_topic(owner, group)
    PostFile.objects.create(post=topic.posts.get(), file=store(BytesIO(make_image("PNG")), name="тақта.png", user=owner))
    if group.is_open:
        attach(owner, topic, store(BytesIO(make_image("PNG")), name="дәптер.png", user=owner))
    return topic


def make_news() -> ArticlePage:
    home = HomePage.objects.get(locale__language_code="kk")
    section = SectionPage.objects.child_of(home).get(is_news=True)
    return make_article("Тамыз кеңесі өтті", "Мұғалімдер *тәжірибе* бөлісті.", "kk", section, lead="Кеңестен қысқа хабар.")


def make_failed_task(**fields) -> DBTaskResult:
    """A task that was given up; what its error said quotes somebody."""
    given_up = {"status": "FAILED", "finished_at": timezone.now(), "worker_ids": ["a"] * 6, "run_after": get_date_max()}
    error = {"exception_class_path": "builtins.ValueError", "traceback": "ValueError: aigerim@example.org"}
    task = {"task_path": "portal.files.reading.read_file", "args_kwargs": {"args": [7], "kwargs": {}}, "backend_name": "default"}
    return DBTaskResult.objects.create(**(given_up | error | task | fields))
