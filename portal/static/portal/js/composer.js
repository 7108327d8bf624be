// What writing gains when JavaScript runs: a toolbar, people to name after an @, and the draft kept by itself. The form works without it.

const PAUSE = 1500;
const ASKED = /(^|[\s(])@([\p{L}’'-]{2,40}(?: [\p{L}’'-]{0,40})?)$/u;
const token = document.querySelector('meta[name="csrf-token"]')?.content;

for (const form of document.querySelectorAll("form[data-composer]")) wire(form);

function wire(form) {
  const text = form.querySelector("[data-composer-text]");
  const tools = form.querySelector("[data-tools]");
  tools.hidden = false;
  tools.addEventListener("click", (event) => press(event.target.closest("button"), text));
  keepDraft(form);
  namePeople(form, text);
}

// setRangeText leaves nothing to undo; execCommand is deprecated and does.
function write(text, words) {
  text.focus();
  if (!document.execCommand("insertText", false, words)) text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function press(button, text) {
  if (!button) return;
  const { selectionStart: start, selectionEnd: end, value } = text;
  const chosen = value.slice(start, end);
  const { mark, line } = button.dataset;
  if (mark) {
    write(text, `${mark}${chosen}${mark}`);
    if (!chosen) text.setSelectionRange(start + mark.length, start + mark.length);
  } else if (line) {
    const from = value.lastIndexOf("\n", start - 1) + 1;
    text.setSelectionRange(from, end);
    write(text, value.slice(from, end).split("\n").map((each) => line + each).join("\n"));
  } else {
    write(text, `[${chosen}](https://)`);
    const address = start + chosen.length + 3;
    text.setSelectionRange(address, address + 8);
  }
}

// The draft lies on the server: on another device it is there too.
function keepDraft(form) {
  const state = form.querySelector("[data-draft-state]");
  let waiting;
  let isChanged = false;
  const send = async (keepalive) => {
    clearTimeout(waiting);
    if (!isChanged) return;
    isChanged = false;
    const body = new FormData(form);
    body.delete("file");
    const answer = await fetch(form.dataset.draftUrl, { method: "POST", body, headers: { "X-CSRFToken": token }, keepalive }).catch(() => null);
    if (answer?.ok) state.textContent = state.dataset.kept;
    else isChanged = true;
  };
  form.addEventListener("input", () => {
    isChanged = true;
    state.textContent = "";
    clearTimeout(waiting);
    waiting = setTimeout(send, PAUSE);
  });
  form.addEventListener("submit", () => {
    isChanged = false;
    clearTimeout(waiting);
  });
  addEventListener("pagehide", () => send(true));
}

function namePeople(form, text) {
  const list = form.querySelector("[data-people]");
  let waiting;
  const close = () => {
    list.hidden = true;
    list.replaceChildren();
  };
  const ask = async () => {
    const asked = text.value.slice(0, text.selectionStart).match(ASKED)?.[2];
    if (!asked) return close();
    const address = new URL(form.dataset.peopleUrl, location.href);
    address.searchParams.set("q", asked);
    const answer = await fetch(address);
    if (!answer.ok) return close();
    list.innerHTML = await answer.text();
    list.hidden = !list.children.length;
  };
  const choose = ({ dataset }) => {
    const end = text.selectionStart;
    const [, before, asked] = text.value.slice(0, end).match(ASKED) ?? [];
    if (asked === undefined) return close();
    text.setSelectionRange(end - asked.length - 1, end);
    write(text, `[@${dataset.name}](/people/${dataset.person}/) `);
    close();
  };
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 200);
  });
  text.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const buttons = [...list.querySelectorAll("button")];
    if (event.key === "Escape") close();
    if (event.key === "ArrowDown") {
      event.preventDefault();
      buttons[0]?.focus();
    }
  });
  list.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      text.focus();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      buttons.at((at + (event.key === "ArrowDown" ? 1 : -1)) % buttons.length).focus();
    }
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-person]");
    if (button) choose(button);
  });
}
