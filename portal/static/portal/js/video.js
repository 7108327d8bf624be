// Puts the player in the place of a video's link when it is pressed. Without JavaScript the link leads to the video.

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-video]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const player = document.createElement("iframe");
  player.src = link.dataset.video;
  player.title = link.textContent.trim();
  player.allow = "fullscreen; picture-in-picture";
  // The players refuse to play when they are not told on which site they stand.
  player.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(player);
  player.focus();
});
