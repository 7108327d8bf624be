// How far a topic has been read: the highest post that was in sight is told when the reader stops for a moment, and when she leaves.

const posts = document.querySelector("[data-posts]");
const token = document.querySelector('meta[name="csrf-token"]')?.content;
const PAUSE = 2000;
let seen = 0;
let told = 0;
let waiting;

function tell() {
  clearTimeout(waiting);
  if (seen <= told) return;
  told = seen;
  const body = new URLSearchParams({ number: seen });
  fetch(posts.dataset.readUrl, { method: "POST", body, headers: { "X-CSRFToken": token }, keepalive: true }).catch(() => {});
}

// A post counts once its end has come into sight; a long one is not read by its first line.
const observer = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries)
    if (isIntersecting) seen = Math.max(seen, Number(target.closest("[data-number]").dataset.number));
  clearTimeout(waiting);
  waiting = setTimeout(tell, PAUSE);
});

if (posts && token) {
  for (const post of posts.querySelectorAll("[data-number]")) observer.observe(post.lastElementChild ?? post);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tell());
}
