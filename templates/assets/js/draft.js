// What is typed in a section of a draft is kept as one goes: at the server as the writer's own unsaved text, and in the tab
// for as long as the server cannot be reached, so that nothing typed is lost when a session ends or a line breaks.

const wait = 1200; // milliseconds of silence
const name = (form) => `samraad-draft-${form.dataset.keep}`;
const text = (form) => form.querySelector("textarea");
const tell = (form, words) => {
  form.querySelector("[data-said]").textContent = words;
};

const keep = async (form) => {
  const body = new URLSearchParams({ base: form.elements.base.value, text: text(form).value });
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body, redirect: "manual" });
    if (answer.status === 204) {
      sessionStorage.removeItem(name(form));
      tell(form, form.dataset.kept);
      return;
    }
    tell(form, answer.status === 422 ? await answer.text() : form.dataset.notKept);
  } catch {
    tell(form, form.dataset.notKept);
  }
};

const timers = new WeakMap();
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  if (!form) return;
  sessionStorage.setItem(name(form), JSON.stringify({ base: form.elements.base.value, text: text(form).value }));
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(keep, wait, form));
});

// A save ends the keeping. What the tab has goes when a page of the draft shows that the save came through.
document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  if (!form) return;
  clearTimeout(timers.get(form));
  sessionStorage.setItem(name(form), JSON.stringify({ base: form.elements.base.value, text: text(form).value, sent: true }));
});

const restore = () => {
  const form = document.querySelector("form[data-keep]");
  const kept = form && JSON.parse(sessionStorage.getItem(name(form)) ?? "null");
  if (!kept || kept.text === text(form).value) return;
  text(form).value = kept.text;
  form.elements.base.value = kept.base;
  keep(form);
};
restore();
document.addEventListener("htmx:afterSettle", restore);

if (document.querySelector("[data-saved]")) {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("samraad-draft-") && JSON.parse(sessionStorage.getItem(key)).sent) sessionStorage.removeItem(key);
  }
}
