"""What runs where when `tools/test.sh` begins three processes beside each other.

sqlite      all in which databases could differ, what is enough once of groups, programmes, materials and letters, the bench, and the
            processes of compose.yaml
postgresql  all in which databases could differ, what is enough once of the rest, what asks a cluster, and the walks of programmes
walks       all other walks in a browser, and the tests that open every address and send every form, on SQLite too

They are about equally long. Whatever runs alone runs everything.
"""

PARTS = SQLITE, POSTGRESQL, WALKS = "sqlite", "postgresql", "walks"
ROOMS = ("tests/community/", "tests/leaders/", "tests/resources/", "tests/portal/mail/")
OPENING_ADDRESSES = (
    "tests/test_addresses.py",
    "tests/test_after_leaving.py",
    "tests/test_arrow.py",
    "tests/test_bad_input.py",
    "tests/test_languages.py",
    "tests/test_reads.py",
    "tests/test_security.py",
    "tests/test_weight.py",
    "tests/test_wrapped_language.py",
)
# They ask a database little in which two could differ.
ONCE = (
    "tests/community/test_care.py",
    "tests/community/test_composing.py",
    "tests/community/test_demo.py",
    "tests/community/test_hidden.py",
    "tests/community/test_person_data.py",
    "tests/community/test_stewarding.py",
    "tests/community/test_told.py",
    "tests/community/test_writing.py",
    "tests/leaders/test_applications.py",
    "tests/leaders/test_assignments.py",
    "tests/leaders/test_attendance.py",
    "tests/leaders/test_catalogue.py",
    "tests/leaders/test_decisions.py",
    "tests/leaders/test_demo.py",
    "tests/leaders/test_endorsements.py",
    "tests/leaders/test_evaluate.py",
    "tests/leaders/test_foundation.py",
    "tests/leaders/test_group.py",
    "tests/leaders/test_meetings.py",
    "tests/leaders/test_mentoring.py",
    "tests/leaders/test_moves.py",
    "tests/leaders/test_person_data.py",
    "tests/leaders/test_programmes_cms.py",
    "tests/leaders/test_projects.py",
    "tests/leaders/test_reviews.py",
    "tests/leaders/test_roles.py",
    "tests/leaders/test_scores.py",
    "tests/leaders/test_team.py",
    "tests/portal/test_account_letters.py",
    "tests/portal/test_asking.py",
    "tests/portal/test_banners.py",
    "tests/portal/test_cms_pages.py",
    "tests/portal/test_cms_vocabularies.py",
    "tests/portal/test_compile_catalogues.py",
    "tests/portal/test_complaints.py",
    "tests/portal/test_consent.py",
    "tests/portal/test_entrance_pages.py",
    "tests/portal/test_events.py",
    "tests/portal/test_feeds.py",
    "tests/portal/test_files_kinds.py",
    "tests/portal/test_files_reading.py",
    "tests/portal/test_files_respond.py",
    "tests/portal/test_files_uploads.py",
    "tests/portal/test_formats.py",
    "tests/portal/test_guest_pages.py",
    "tests/portal/test_help.py",
    "tests/portal/test_home.py",
    "tests/portal/test_home_blocks.py",
    "tests/portal/test_imports.py",
    "tests/portal/test_invitations.py",
    "tests/portal/test_limits.py",
    "tests/portal/test_logs.py",
    "tests/portal/test_look.py",
    "tests/portal/test_machines.py",
    "tests/portal/test_middleware.py",
    "tests/portal/test_my_data.py",
    "tests/portal/test_notices.py",
    "tests/portal/test_one_address.py",
    "tests/portal/test_page_privacy.py",
    "tests/portal/test_passkeys.py",
    "tests/portal/test_people.py",
    "tests/portal/test_preparation.py",
    "tests/portal/test_proof_by_code.py",
    "tests/portal/test_proposals.py",
    "tests/portal/test_reports.py",
    "tests/portal/test_second_factor.py",
    "tests/portal/test_sections.py",
    "tests/portal/test_sign_in.py",
    "tests/portal/test_sign_up.py",
    "tests/portal/test_suspension.py",
    "tests/portal/test_third_party_catalogues.py",
    "tests/portal/test_workflow.py",
    "tests/resources/test_sharing.py",
    "tests/resources/test_two_windows.py",
    "tests/search/test_analysis.py",
    "tests/portal/mail/test_asked_again.py",
    "tests/portal/mail/test_bounces.py",
    "tests/portal/mail/test_hours.py",
    "tests/portal/mail/test_letters.py",
)
RUNNING_BENCH = "tests/test_bench.py::test_the_bench_measures_a_running_server"
WALKS_OF_PROGRAMMES = "test_leaders"


def part_of_the_suite(config) -> str:
    """The part that is this process; empty where it runs alone."""
    given = getattr(config, "workerinput", {})
    return given["workerid"] if given.get("workercount") == len(PARTS) and given["workerid"] in PARTS else ""


def parts_of(item) -> set[str]:
    if item.get_closest_marker("operation") or item.nodeid == RUNNING_BENCH:
        return {SQLITE}
    if item.get_closest_marker("browser"):
        return {POSTGRESQL if item.path.name.startswith(WALKS_OF_PROGRAMMES) else WALKS}
    if asks_the_cluster(item):
        return {POSTGRESQL}
    if item.nodeid.startswith(OPENING_ADDRESSES):
        return {WALKS}
    if item.nodeid.startswith(ONCE):
        return {SQLITE if item.nodeid.startswith(ROOMS) else POSTGRESQL}
    return {SQLITE, POSTGRESQL}


def asks_the_cluster(item) -> bool:
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return "cluster" in item.fixturenames or "elasticsearch" in params.values()
