// What a list belongs to is asked as its kind needs it: data-belongs on the choice of the kind.
import { each } from "./dom.js";

const FIELDS = ["chamber", "town"];

export function tendPlans() {
  each("input[data-belongs]:first-of-type", (first) => {
    const { form } = first;
    const belongs = JSON.parse(first.dataset.belongs);
    const show = () => {
      const chosen = form.querySelector("input[data-belongs]:checked")?.value ?? "";
      for (const name of FIELDS) {
        const place = document.getElementById(`div_id_${name}`);
        if (place) place.hidden = !belongs[chosen]?.includes(name);
      }
    };
    form.addEventListener("change", (event) => event.target.name === first.name && show());
    show();
  });
}
