// The sheet on which a guess is corrected: another field chosen over a column is sent at once.
import { each, load } from "./dom.js";

export function tendSheets() {
  each("form[data-sheet]", (form) => {
    const stay = form.querySelector("[data-sheet-stay]");
    form.addEventListener("change", (event) => {
      if (!event.target.matches("select[name]")) return;
      form.elements.spot.value = event.target.name; // where the page comes back to
      form.requestSubmit(stay);
    });
  });
  each("form[data-come-back]", (form) => comeBack(document.getElementById(form.dataset.comeBack)));
}

/** The column that was changed is in view, and the keyboard is on it. */
function comeBack(place) {
  const select = place?.querySelector("select");
  if (!select) return;
  const frame = place.closest(".sheet-frame"); // a form has none
  if (frame) frame.scrollLeft = place.offsetLeft - frame.clientWidth / 2;
  load(document.body.dataset.suggestSrc).then(() => select.tomselect?.control_input.focus({ preventScroll: true }));
}
