// What was found is walked through by the arrow keys, from the field and back to it.
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export function walkResults() {
  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const found = document.getElementById("search-results");
    if (!step || !found || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const field = document.getElementById("search-words");
    const stops = [field, ...found.querySelectorAll("a[href]")].filter((stop) => stop?.offsetParent);
    const here = document.activeElement === document.body ? 0 : stops.indexOf(document.activeElement);
    const next = here < 0 ? null : stops[here + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
