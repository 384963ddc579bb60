// Keys for work that is done many times over: data-key="c" on a button, a link or a box to tick.
const WRITTEN_INTO = "textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio]):not([type=submit])";

export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    if (event.target.closest?.(WRITTEN_INTO) || document.querySelector("dialog[open]")) return;
    const wanted = event.key.toLowerCase();
    const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === wanted);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
}
