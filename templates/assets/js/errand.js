// What is about to be sent counts down. Without this file the page tells how long was left when it was opened.

for (const errand of document.querySelectorAll("[data-errand]")) {
  const ends = Date.now() + Number(errand.dataset.errand) * 1000;
  const left = errand.querySelector("[data-left]");
  const tell = () => {
    const seconds = Math.ceil((ends - Date.now()) / 1000);
    if (seconds > 0) {
      left.textContent = errand.dataset.pattern.replace("{S}", seconds);
      return;
    }
    clearInterval(ticking);
    left.textContent = errand.dataset.gone;
    errand.querySelector("[data-while-resting]").hidden = true;
  };
  const ticking = setInterval(tell, 1000);
  tell();
}
