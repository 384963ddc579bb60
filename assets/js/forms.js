// Forms: the chosen segment, the error summary in view, leaving with unsaved changes, the bar below.
import { each } from "./dom.js";

export function tendForms() {
  each(".segmented", (group) => {
    const show = () => {
      for (const label of group.querySelectorAll("label")) {
        label.classList.toggle("is-on", label.querySelector("input").checked);
      }
    };
    group.addEventListener("change", show);
    group.addEventListener("segmented:show", show);
    show();
  });
  each(".error-summary", (summary) => summary.focus());
  each(".action-bar", () => document.body.classList.add("has-bar"));
  each("form[data-warn-unsaved]", warnUnsaved);
}

/** Asks the browser to ask before leaving, while something typed has not been sent. */
function warnUnsaved(form) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!changed) return;
    event.preventDefault();
    event.returnValue = "";
  });
}
