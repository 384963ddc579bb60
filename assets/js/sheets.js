// The sheet on which a guess is corrected: another field chosen over a column is sent at once.
import { each } from "./dom.js";

export function tendSheets() {
  each("form[data-sheet]", (form) => {
    const stay = form.querySelector("[data-sheet-stay]");
    form.addEventListener("change", (event) => {
      if (!event.target.matches("select[name]")) return;
      form.elements.spot.value = event.target.name; // where the page comes back to
      form.requestSubmit(stay);
    });
  });
  if (location.hash.startsWith("#column-")) comeBack(document.getElementById(location.hash.slice(1)));
}

/** The field that was changed is in view, and the keyboard is on it. */
function comeBack(place) {
  if (!place) return;
  const frame = place.closest(".sheet-frame");
  frame.scrollLeft = place.offsetLeft - frame.clientWidth / 2;
  place.querySelector("select")?.focus({ preventScroll: true });
}
