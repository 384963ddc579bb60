// The drawer with the menu, menus that open below their button, the search key, printing: what is
// folded with data-open-in-print is printed open.
import { each } from "./dom.js";

export function tendMenus() {
  drawer();
  closeOthers();
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !typing(event.target)) {
      const search = document.querySelector(".head .search input");
      if (search?.offsetParent) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    }
  });
  each("[data-print]", (button) => button.addEventListener("click", () => window.print()));
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details[data-open-in-print]:not([open])")];
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });
}

function typing(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

/** Without script the drawer opens by its address (#nav); with it, as a modal pane. */
function drawer() {
  const pane = document.getElementById("nav");
  const opener = document.querySelector(".nav-open");
  if (!pane || !opener) return;
  const set = (open) => {
    pane.classList.toggle("is-open", open);
    opener.setAttribute("aria-expanded", String(open));
    if (open) pane.querySelector("a[aria-current], a").focus();
    else opener.focus();
  };
  opener.setAttribute("aria-expanded", "false");
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    set(true);
  });
  for (const closer of document.querySelectorAll(".nav-close, .nav-shade")) {
    closer.addEventListener("click", (event) => {
      event.preventDefault();
      set(false);
    });
  }
  pane.addEventListener("keydown", (event) => {
    if (!pane.classList.contains("is-open")) return;
    if (event.key === "Escape") set(false);
    if (event.key === "Tab") keepInside(pane, event);
  });
}

function keepInside(pane, event) {
  const stops = [...pane.querySelectorAll("a[href], button")].filter((stop) => stop.offsetParent);
  const [first, last] = [stops[0], stops[stops.length - 1]];
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}

/** An open menu or definition closes by Escape, by a click elsewhere, and when another opens. */
function closeOthers() {
  const closing = ".menu[open], .definition[open], .spark[open]";
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll(closing)) {
      if (!open.contains(event.target)) open.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of document.querySelectorAll(closing)) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.open && event.target.matches?.(".definition, .spark")) turn(event.target);
    },
    true,
  );
}

/** A definition near the right edge opens to the left. */
function turn(definition) {
  definition.classList.remove("is-left");
  const card = definition.querySelector(".definition-card");
  if (card.getBoundingClientRect().right > document.documentElement.clientWidth - 8) {
    definition.classList.add("is-left");
  }
}
