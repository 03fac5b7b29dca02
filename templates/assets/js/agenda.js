// The agenda's form: lines are dragged or moved without a new page, and the clock times follow. What is sent is the same
// as without this file, since the server reads the lines in the order in which they stand.

const list = document.querySelector("[data-agenda]");
if (list) {
  const said = document.querySelector("[data-agenda-said]");
  const lines = () => [...list.querySelectorAll(":scope > [data-line]")];

  const clock = (minute) => {
    const two = (number) => String(number).padStart(2, "0");
    return list.dataset.pattern.replace("{H}", two(Math.floor(minute / 60) % 24)).replace("{M}", two(minute % 60));
  };

  const follow = () => {
    let minute = Number(list.dataset.start);
    const all = lines();
    all.forEach((line, at) => {
      line.querySelector("[data-clock]").textContent = clock(minute);
      line.querySelector('[data-move="up"]').toggleAttribute("aria-disabled", at === 0);
      line.querySelector('[data-move="down"]').toggleAttribute("aria-disabled", at === all.length - 1);
      minute += Math.max(0, parseInt(line.querySelector("[data-minutes]").value, 10) || 0);
    });
  };

  const tell = (line) => {
    const all = lines();
    said.textContent = list.dataset.moved
      .replace("{title}", line.dataset.title)
      .replace("{place}", all.indexOf(line) + 1)
      .replace("{last}", all.length)
      .replace("{clock}", line.querySelector("[data-clock]").textContent);
  };

  list.addEventListener("input", follow);

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    const line = button?.closest("[data-line]");
    if (!button || button.dataset.move === "remove") return;
    event.preventDefault();
    const beside = button.dataset.move === "up" ? line.previousElementSibling : line.nextElementSibling;
    if (!beside) return;
    if (button.dataset.move === "up") beside.before(line);
    else beside.after(line);
    follow();
    tell(line);
    button.focus();
  });

  // A line is dragged by its handle with a mouse, a pen or a finger.
  let held = null;
  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    held = handle.closest("[data-line]");
    held.classList.add("is-held");
    handle.setPointerCapture(event.pointerId);
  });
  list.addEventListener("pointermove", (event) => {
    if (!held) return;
    const over = lines().find((line) => {
      const box = line.getBoundingClientRect();
      return line !== held && event.clientY >= box.top && event.clientY <= box.bottom;
    });
    if (!over) return;
    const box = over.getBoundingClientRect();
    const below = held.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (below && event.clientY > box.top + box.height / 2) over.after(held);
    else if (!below && event.clientY < box.top + box.height / 2) over.before(held);
    else return;
    follow();
  });
  const release = () => {
    if (!held) return;
    held.classList.remove("is-held");
    tell(held);
    held = null;
  };
  list.addEventListener("pointerup", release);
  list.addEventListener("pointercancel", release);
}
