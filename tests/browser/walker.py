"""Somebody who walks through the portal by hand, counts what she does and sees what is wrong."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import gettext, override
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Response, expect

MUCH_TOO_LONG = 60
WIDER_THAN_THE_SCREEN = """() => {
    const root = document.documentElement;
    const reaches = (element) => element.getBoundingClientRect().right > root.clientWidth + 1;
    if (root.scrollWidth <= root.clientWidth) return "";
    const culprits = [...document.querySelectorAll("body *")].filter(reaches);
    return [root.scrollWidth, ...culprits.map((element) => element.outerHTML.slice(0, 120))].join("; ");
}"""


class Walker:
    def __init__(self, context: BrowserContext, language: str, *, javascript: bool = True):
        self.context, self.language, self.javascript = context, language, javascript
        self.page = context.new_page()
        self.interactions = 0
        self.troubles: list[str] = []
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("response", self.receive)

    def hear(self, message: ConsoleMessage) -> None:
        """A browser also says here what the content policy refused."""
        if message.type == "error":
            self.troubles.append(f"console: {message.text} {message.location.get('url', '')}")

    def receive(self, response: Response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.status}: {response.url}")

    def word(self, message: str) -> str:
        """What the pages of this walk say for it."""
        with override(self.language):
            return gettext(message)

    def open(self, address: str = "") -> None:
        """An address within the language of this walk."""
        self.page.goto(f"/{self.language}/{address}")

    def at(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def press(self, selector: str) -> None:
        self.interactions += 1
        self.at(selector).first.click()

    def write(self, selector: str, text: str) -> None:
        self.interactions += 1
        self.at(selector).first.fill(text)

    def choose_file(self, selector: str, path: Path) -> None:
        """Two interactions: the field is pressed, and the file chosen in the window that opens."""
        self.interactions += 2
        self.at(selector).first.set_input_files(path)

    def arrive(self, address: str) -> None:
        """`address` is a pattern of the path after the language."""
        expect(self.page).to_have_url(re.compile(rf"^http://[^/]+/{self.language}/{address}(?:[?#]|$)"))

    def see(self, selector: str, text: str = "") -> None:
        shown = self.at(selector).filter(has_text=text) if text else self.at(selector)
        expect(shown.first).to_be_visible()

    def refused(self, status: int = 422) -> None:
        """A browser says in its console that an answer was a refusal: here it is the wanted one."""
        self.page.wait_for_load_state("load")
        said = [trouble for trouble in self.troubles if f"a status of {status} " in trouble]
        assert said, f"Not refused with {status}: {self.troubles}"
        self.troubles = [trouble for trouble in self.troubles if trouble not in said]

    def tab_to(self, selector: str) -> None:
        """By the keyboard alone, with the eyes on where the focus is."""
        target = self.at(selector).first.element_handle()
        for _step in range(MUCH_TOO_LONG):
            if self.page.evaluate("wanted => document.activeElement === wanted", target):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by the keyboard")

    def key(self, selector: str, key: str) -> None:
        self.tab_to(selector)
        self.interactions += 1
        self.page.keyboard.press(key)

    def check(self, step: str) -> None:
        """As at a glance, and nothing for screen readers to stumble over."""
        self.glance(step)
        if not self.javascript:
            return
        violations = Axe().run(self.page).response["violations"]
        found = [f"{found['id']}: {node['html']} {node['failureSummary']}" for found in violations for node in found["nodes"]]
        assert not found, f"{step}: " + "\n".join(found)

    def glance(self, step: str) -> None:
        """Nothing wider than the screen, nothing said in the console."""
        self.page.wait_for_load_state("load")
        assert not self.troubles, f"{step}: {self.troubles}"
        wide = self.page.evaluate(WIDER_THAN_THE_SCREEN)
        assert not wide, f"{step} is wider than the screen: {wide}"
