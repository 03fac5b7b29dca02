// Minutes are saved as they are typed, item by item, and what the other writer saved appears. Each field remembers what it
// said when the writing began, so that the server can weave what two people wrote at once; where it cannot, both see both.

const editor = document.querySelector("[data-minutes]");
if (editor) {
  const wait = 700; // milliseconds of silence
  const every = 2500; // between looks at what others wrote
  const fieldOf = (form, name) => form?.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const text = (field) => field.querySelector("[data-text]");
  const was = (field) => field.querySelector("[data-was]");
  const forms = [...editor.querySelectorAll("form[data-live]")];
  const formOf = (item) => forms.find((form) => form.dataset.live === item);
  const tell = (form, words) => {
    form.querySelector("[data-said]").textContent = words;
  };
  const clashes = (form) => form.querySelector("[data-clash]:not([hidden])") !== null;
  const fields = (form) => [...form.querySelectorAll("[data-field]")].filter((field) => field.querySelector("[data-text]"));
  const dirty = (form) => fields(form).some((field) => text(field).value !== was(field).value);

  // The place of the cursor follows what comes in before it.
  const put = (area, now) => {
    const [before, from, to] = [area.value, area.selectionStart, area.selectionEnd];
    let same = 0;
    while (same < from && before[same] === now[same]) same++;
    area.value = now;
    if (document.activeElement === area) {
      const shift = same < from ? now.length - before.length : 0;
      area.setSelectionRange(Math.max(same, from + shift), Math.max(same, to + shift));
    }
  };

  const read = async (answer) => [...new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("textarea[data-field]")];

  // The server's own form of a text has no blanks at the ends; what is typed keeps them until the next save.
  const settle = (form, saved, sent) => {
    let words = editor.dataset.kept;
    for (const one of saved) {
      const field = fieldOf(form, one.dataset.field);
      if (!field) continue;
      if ("clash" in one.dataset) {
        field.querySelector("[data-theirs]").textContent = one.value;
        field.querySelector("[data-clash]").hidden = false;
        words = "";
        continue;
      }
      const mine = sent.get(one.dataset.field);
      if ("woven" in one.dataset && text(field).value === mine) {
        put(text(field), one.value);
        was(field).value = one.value;
        words = editor.dataset.woven;
      } else {
        was(field).value = mine;
      }
      field.dataset.server = one.value;
    }
    tell(form, words);
  };

  const saving = new WeakMap();
  const saves = new WeakMap(); // begun, so that a look from before one is not taken for what came after
  const save = async (form, last = false) => {
    if (saving.get(form) || clashes(form) || !dirty(form)) return;
    saving.set(form, true);
    saves.set(form, (saves.get(form) ?? 0) + 1);
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: last, headers: { "X-Requested-With": "samraad" } });
      if (answer.ok) settle(form, await read(answer), body);
      else tell(form, answer.status === 422 ? await answer.text() : editor.dataset.notKept);
    } catch {
      tell(form, editor.dataset.notKept);
    }
    saving.delete(form);
  };

  const timers = new WeakMap();
  const later = (form) => {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(save, wait, form));
  };
  editor.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-live]");
    if (form) later(form);
  });
  addEventListener("pagehide", () => forms.forEach((form) => save(form, true)));

  const look = async () => {
    if (document.visibilityState === "hidden") return;
    const begun = new Map(forms.map((form) => [form, saving.get(form) ? -1 : saves.get(form)]));
    try {
      const answer = await fetch(editor.dataset.minutes, { redirect: "manual" });
      if (!answer.ok) return;
      for (const one of await read(answer)) {
        const form = formOf(one.dataset.item);
        const field = fieldOf(form, one.dataset.field);
        if (!field || saving.get(form) || saves.get(form) !== begun.get(form)) continue;
        field.querySelector("[data-author]").textContent = one.dataset.by;
        if (text(field).value !== was(field).value || one.value === (field.dataset.server ?? was(field).value)) continue;
        put(text(field), one.value);
        was(field).value = one.value;
        field.dataset.server = one.value;
      }
    } catch {
      // the next look may reach the server
    }
    forms.filter(dirty).forEach(later);
  };
  setInterval(look, every);
}
