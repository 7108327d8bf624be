// Sends the chosen files in pieces, so that a broken connection goes on where it stopped.
//
//   <form data-upload data-upload-url="/kk/…/upload/" method="post" enctype="multipart/form-data">
//     {% csrf_token %}
//     <input type="file" name="file">          starts the upload when files are chosen
//     {% include "components/upload.html" %}   progress, error and the words for both
//   </form>
//
// In a form with several fields for files each stands in a <div data-upload …> of its own.
// The server answers the last piece with X-Next, the address to go to. Without JavaScript the form sends the file by itself.

const PIECE = 1024 * 1024;
const PAUSES = [0, 1000, 3000, 5000, 10000, 20000, 30000];
const TUS = new URL("../vendor/tus-4.3.1.min.js", import.meta.url);

const language = document.documentElement.lang || "kk";
const percents = new Intl.NumberFormat(language, { style: "percent" });
const megabytes = new Intl.NumberFormat(language, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });

for (const box of document.querySelectorAll("[data-upload]")) wire(box);

function wire(box) {
  const input = box.querySelector('input[type="file"]');
  input.addEventListener("change", () => input.files.length && take(box, input));
}

const tokenOf = (box) => box.closest("form").elements.csrfmiddlewaretoken.value;

async function take(box, input) {
  const parts = {
    state: box.querySelector("[data-upload-state]"),
    name: box.querySelector("[data-upload-name]"),
    numbers: box.querySelector("[data-upload-numbers]"),
    bar: box.querySelector("progress"),
    waiting: box.querySelector("[data-upload-waiting]"),
    stop: box.querySelector("[data-upload-stop]"),
    status: box.querySelector("[data-upload-status]"),
    error: box.querySelector("[data-upload-error]"),
  };
  input.disabled = true;
  showError(parts, input, "");
  parts.state.hidden = false;
  let next = "";
  try {
    await import(TUS);
    for (const file of input.files) {
      const address = await send(box, file, parts);
      if (!address) break;
      next = address;
    }
    if (next) parts.status.textContent = parts.status.dataset.done;
  } catch (error) {
    next = "";
    showError(parts, input, textOf(error) || parts.status.dataset.failed);
  }
  parts.state.hidden = true;
  input.disabled = false;
  input.value = "";
  if (next) location.assign(next);
}

// The address to go to next; empty when the person pressed Cancel.
function send(box, file, parts) {
  return new Promise((resolve, reject) => {
    const goOn = () => upload.start();
    const end = (settle, value) => {
      removeEventListener("online", goOn);
      settle(value);
    };
    const upload = new window.tus.Upload(file, {
      endpoint: box.dataset.uploadUrl,
      chunkSize: PIECE,
      retryDelays: PAUSES,
      metadata: { filename: file.name, filetype: file.type },
      headers: { "X-CSRFToken": tokenOf(box) },
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => showProgress(parts, file, sent, total),
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        parts.waiting.hidden = status !== 0;
        return status === 0 || status >= 500 || status === 409 || status === 423;
      },
      onError: (error) => {
        if (error.originalResponse || navigator.onLine) end(reject, error);
        else addEventListener("online", goOn, { once: true });
      },
      onSuccess: ({ lastResponse }) => {
        const next = lastResponse.getHeader("X-Next") || askAgain(upload.url, box, file.size);
        Promise.resolve(next).then((address) => end(resolve, address), (error) => end(reject, error));
      },
    });
    const stop = () => end(resolve, "");
    parts.stop.onclick = () => upload.abort(true).then(stop, stop);
    const start = ([previous] = []) => {
      if (previous) upload.resumeFromPreviousUpload(previous);
      upload.start();
    };
    upload.findPreviousUploads().then(start, () => start());
  });
}

// Everything had come, but the answer that says where to go was lost: an empty last piece asks for it again.
async function askAgain(url, box, size) {
  const headers = {
    "Tus-Resumable": "1.0.0",
    "Upload-Offset": String(size),
    "Content-Type": "application/offset+octet-stream",
    "X-CSRFToken": tokenOf(box),
  };
  const response = await fetch(url, { method: "PATCH", headers });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.headers.get("X-Next");
}

function showProgress(parts, file, sent, total) {
  const before = Math.floor(parts.bar.value * 4);
  parts.waiting.hidden = true;
  parts.name.textContent = file.name;
  parts.bar.value = total ? sent / total : 0;
  parts.numbers.textContent = `${percents.format(parts.bar.value)} · ${megabytes.format(total / 1e6)}`;
  // Screen readers hear every quarter, not every piece.
  if (Math.floor(parts.bar.value * 4) !== before) parts.status.textContent = percents.format(parts.bar.value);
}

function showError(parts, input, text) {
  parts.error.querySelector("p").textContent = text;
  parts.error.hidden = !text;
  input.setAttribute("aria-invalid", String(Boolean(text)));
  if (text) input.setAttribute("aria-describedby", parts.error.id);
  else input.removeAttribute("aria-describedby");
  if (text) input.focus();
}

// Our own refusals are plain text in the reader's language; a page of another server on the way is not for people.
function textOf(error) {
  const response = error.originalResponse;
  return response?.getHeader("Content-Type")?.startsWith("text/plain") ? response.getBody() : "";
}
