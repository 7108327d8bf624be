"""Files are sent while the text beside them is still being written, and nothing of it is lost."""

from pathlib import Path

from playwright.sync_api import expect

from leaders.demo import make_application, make_cohort, make_enrolment
from leaders.demo.change import make_milestone, make_project
from leaders.demo.selection import make_question
from leaders.demo.work import make_assignment
from portal.demo import make_person, make_school
from tests.portal.sample_files import make_docx, make_pdf

from .test_care import enter


def test_files_join_an_application_a_work_and_a_milestone(walk, live_server, transactional_db, tmp_path: Path):
    plan, report = tmp_path / "жоспар.docx", tmp_path / "есеп.pdf"
    plan.write_bytes(make_docx())
    report.write_bytes(make_pdf())
    cohort, person = make_cohort(), make_person(school=make_school())
    first, second = (make_question(cohort, "file", position=place, required=False) for place in (1, 2))
    text = make_question(cohort, "text", position=3)
    draft = make_application(person, cohort, state="draft")
    seat = make_enrolment(person, cohort)
    assignment, milestone = make_assignment(cohort), make_milestone(make_project(seat), state="planned")
    walker = enter(walk("kk", 360), person, live_server.url)

    walker.open(f"leaders/applications/{draft.pk}/")
    walker.write(f'textarea[name="q{text.pk}"]', "Әлі жазып жатырмын.")
    walker.choose_file(f'input[name="q{second.pk}"]', report)
    walker.see(".files", "есеп.pdf")
    expect(walker.at(f'textarea[name="q{text.pk}"]')).to_have_value("Әлі жазып жатырмын.")
    assert draft.files.get().question == second
    walker.check("draft")

    walker.open(f"leaders/assignments/{assignment.pk}/")
    walker.write('textarea[name="text"]', "Жұмысымның басы.")
    walker.at('input[name="file"]').set_input_files([plan, report])
    walker.see(".files", "есеп.pdf")
    walker.see(".files", "жоспар.docx")
    expect(walker.at('textarea[name="text"]')).to_have_value("Жұмысымның басы.")
    walker.check("work")

    walker.open(f"leaders/milestones/{milestone.pk}/")
    walker.choose_file('form[data-upload] input[name="file"]', plan)
    walker.press('.files input[type="radio"][value="none"]')
    walker.check("milestone")
    walker.press('.files form button[type="submit"]')
    walker.see(".files", "жоспар.docx")
    expect(walker.at('.files input[type="radio"]')).to_have_count(0)
