// Every page works without this file; it only makes some things quicker.
import "htmx.org";
import "./js/agenda.js";
import "./js/draft.js";
import "./js/errand.js";
import "./js/minutes.js";

// A form that was sent is not sent again by an impatient second press.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 3000) {
    event.preventDefault();
  }
  form.dataset.sent = String(Date.now());
});

// Escape closes what was opened, and gives the focus back to what opened it.
document.addEventListener("keydown", (event) => {
  const opened = event.key === "Escape" && event.target.closest?.("details[data-closes][open]");
  if (opened) {
    opened.open = false;
    opened.querySelector("summary").focus();
  }
});

// What is wrong in a form is said first.
document.querySelector("[data-focus]")?.focus();
