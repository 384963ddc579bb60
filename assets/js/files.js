// A field that a file is dropped on: says which file it holds, and when it is too large to send.
import { each } from "./dom.js";
import { say } from "./words.js";

export function pickFiles() {
  each("input[data-file-picker]", (input) => {
    const picker = input.closest(".file-picker");
    const name = picker.querySelector("[data-file-name]");
    const hint = name.textContent;
    const show = () => {
      const [file] = input.files;
      const large = Boolean(file) && file.size > Number(input.dataset.limit);
      input.setCustomValidity(large ? input.dataset.tooLarge : "");
      picker.classList.toggle("is-chosen", Boolean(file));
      const size = file && say("kilobytes", { size: Math.max(1, Math.round(file.size / 1024)) });
      name.textContent = file ? `${file.name} · ${size}` : hint;
      if (large) input.reportValidity();
    };
    input.addEventListener("change", show);
    input.form?.addEventListener("submit", (event) => {
      if (input.validity.customError) {
        event.preventDefault();
        event.stopImmediatePropagation();
        input.reportValidity();
      }
    }, { capture: true });
    for (const type of ["dragenter", "dragover"]) picker.addEventListener(type, () => picker.classList.add("is-over"));
    for (const type of ["dragleave", "drop"]) picker.addEventListener(type, () => picker.classList.remove("is-over"));
    show();
  });
}
