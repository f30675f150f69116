// Small comforts only: every page works without this file.
"use strict";

// A part that fails or moves on its own must say so where people look.
document.addEventListener("htmx:sendError", () => {
  const notices = document.getElementById("notices");
  const words = document.createElement("p");
  words.className = "notice notice--error";
  words.textContent = "つながりませんでした。電波やネットワークを確かめて、もう一度お試しください。";
  notices.replaceChildren(words);
});

// htmx notes the last address in the browser, and an address may hold a name that was searched for.
const forgetAddress = () => sessionStorage.removeItem("htmx-current-path-for-history");
document.addEventListener("htmx:load", forgetAddress);
document.addEventListener("htmx:pushedIntoHistory", forgetAddress);
window.addEventListener("pagehide", forgetAddress);

// The account sheet closes by Escape or a click elsewhere.
const account = document.querySelector(".account");
if (account) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && account.open) {
      account.open = false;
      account.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!account.contains(event.target)) account.open = false;
  });
}

// A second click on a slow button must not send twice. The form itself is sent as usual.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  window.addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
});
