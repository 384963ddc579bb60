// One box that ticks all others of a name on the page: data-choose-all="chosen".
import { each } from "./dom.js";

export function chooseMany() {
  each("[data-choose-all]", (all) => {
    const boxes = () => [...document.querySelectorAll(`input[type=checkbox][name="${all.dataset.chooseAll}"]`)];
    all.addEventListener("change", () => {
      for (const box of boxes()) box.checked = all.checked;
    });
    document.addEventListener("change", (event) => {
      if (event.target === all || event.target.name !== all.dataset.chooseAll) return;
      const ticked = boxes().filter((box) => box.checked).length;
      all.checked = ticked > 0 && ticked === boxes().length;
      all.indeterminate = ticked > 0 && ticked < boxes().length;
    });
  });
}
