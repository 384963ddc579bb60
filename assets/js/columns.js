// The chooser of columns: each column moves up and down; their order in the form is their order in
// the list. Without script columns are chosen in the order they stand.
import { each, make } from "./dom.js";
import { say } from "./words.js";

export function moveColumns() {
  each("[data-column-list]", (list) => {
    for (const item of list.children) item.append(mover(item, -1), mover(item, 1));
  });
}

function mover(item, step) {
  const words = { column: item.textContent.trim() };
  const label = step < 0 ? say("column_up", words) : say("column_down", words);
  const button = make("button", { type: "button", class: "column-move", "aria-label": label, title: label }, step < 0 ? "↑" : "↓");
  button.addEventListener("click", () => {
    const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(item);
    else other.after(item);
    button.focus();
  });
  return button;
}
