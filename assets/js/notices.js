// What the server could not say itself: no connection, an expired sign-in, an error in a fragment.
import { make } from "./dom.js";
import { say } from "./words.js";

export function tendNotices() {
  document.addEventListener("click", (event) => {
    event.target.closest?.("[data-dismiss]")?.closest(".notice")?.remove();
  });
  document.addEventListener("htmx:sendError", () => notice(say("no_connection")));
  document.addEventListener("htmx:timeout", () => notice(say("no_connection")));
  document.addEventListener("htmx:responseError", (event) => {
    notice(say("failed", { status: event.detail.xhr.status }));
  });
  // A fragment that turns out to be a whole page: the sign-in has expired. Go there. (A filter that
  // changes the whole page asks for one, and gets it from where it asked.)
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if (target === document.body || !/^\s*<!doctype/i.test(xhr.responseText)) return;
    if (target.id === "main" && new URL(xhr.responseURL).pathname === window.location.pathname) return;
    event.detail.shouldSwap = false;
    if (xhr.status < 400) window.location.reload();
  });
}

/**
 * Shows a notice under the head, read aloud by screen readers.
 * @param {string} words
 * @param {{href: string, words: string}} [way] where it is mended, in a window of its own
 */
export function notice(words, way) {
  const place = document.getElementById("notices");
  if (!place || [...place.children].some((child) => child.dataset.words === words)) return;
  const close = make("button", { type: "button", class: "btn btn-quiet", "data-dismiss": "" }, say("close"));
  const link = way ? [make("a", { class: "link", href: way.href, target: "_blank" }, way.words)] : [];
  place.append(make("div", { class: "notice is-error", "data-words": words }, words, ...link, close));
}
