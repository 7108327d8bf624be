// A passkey that was not used: allauth says so in an event, which would end in the console.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const trouble = document.getElementById("passkey-trouble");
  trouble.hidden = false;
  trouble.scrollIntoView({ block: "center" });
});
