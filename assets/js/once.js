// A form is sent once: its buttons rest while the answer is on its way.
import { each } from "./dom.js";

export function submitOnce() {
  each("form[method='post']", (form) => {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
      // After the browser has read the form, or the pressed button's value would be missing.
      setTimeout(() => rest(form, true));
    });
    form.addEventListener("htmx:afterRequest", () => wake(form));
  });
  // Back from the next page: the browser may show this one as it was left.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(wake);
  });
}

function buttons(form) {
  return [...form.elements].filter((element) => element.type === "submit");
}

function rest(form, on) {
  for (const button of buttons(form)) {
    button.disabled = on;
    button.toggleAttribute("aria-busy", on);
    if (on) button.setAttribute("aria-busy", "true");
  }
}

function wake(form) {
  delete form.dataset.sent;
  rest(form, false);
}
