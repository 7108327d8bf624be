from portal.demo import PASSWORD, make_administrator, recovery_codes


def test_zz(walk, transactional_db):
    a = make_administrator("admin@example.org", language="ru")
    w = walk("ru", 1280)
    w.open("accounts/login/?next=/cms/")
    w.write('input[name="login"]', a.email)
    w.write('input[name="password"]', PASSWORD)
    w.press('main form button[type="submit"]')
    w.page.wait_for_load_state()
    print(w.page.url, w.at("main").inner_html()[:1500])
    w.write('input[name="code"]', recovery_codes(a)[0])
    w.press('main form button[type="submit"]')
    w.page.wait_for_load_state("networkidle")
    print(w.page.url, w.troubles)
    w.page.screenshot(path="/tmp/ts/cms1.png")
    from portal.models import SectionPage

    s = SectionPage.objects.get(is_news=True, locale__language_code="kk")
    w.page.goto(f"/cms/pages/add/portal/articlepage/{s.pk}/")
    w.page.wait_for_load_state("networkidle")
    print(w.page.url, w.troubles)
    w.page.screenshot(path="/tmp/ts/cms2.png", full_page=True)
    open("/tmp/ts/cms2.html", "w").write(w.page.content())
