// Widths come as data-width="37" (per cent): a style attribute would break the content policy.
import { each } from "./dom.js";

export function setWidths() {
  each("[data-width]", (element) => {
    const width = Math.min(100, Math.max(0, Number(element.dataset.width) || 0));
    element.style.width = `${width}%`;
  });
}
