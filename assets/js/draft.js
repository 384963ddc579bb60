// What is being typed survives a crash, a lost connection and an expired sign-in: the form with
// data-draft="activity-new" is kept in this browser, per user, until it has been accepted.
import { each, make } from "./dom.js";
import { clock, say } from "./words.js";

const WAIT_MS = 600;
const KEPT_DAYS = 14;
const SENT = "drafts-sent"; // forms sent from this tab whose acceptance is not known yet
const NEVER_KEPT = new Set(["password", "file", "hidden", "submit", "button"]);

// Hidden fields belong to the page, except those that say what was typed over (data-draft-keep): the
// token that makes a second sending the same record, the version that was opened.
const isKept = (field) => field.name && (!NEVER_KEPT.has(field.type) || "draftKeep" in field.dataset);

const { user } = document.body.dataset;

export function keepDrafts() {
  if (!storage()) return;
  forgetOld();
  settleSent();
  if (user) each("form[data-draft]", tend);
}

function storage() {
  try {
    window.localStorage.setItem("draft-probe", "1");
    window.localStorage.removeItem("draft-probe");
    return true;
  } catch {
    return false; // private window or full: the form works without
  }
}

const keyOf = (form) => `draft:${user}:${form.dataset.draft}`;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function tend(form) {
  const key = keyOf(form);
  const note = form.querySelector("[data-draft-note]");
  const before = JSON.stringify(values(form));
  const kept = read(key);
  const refused = form.hasAttribute("data-refused"); // the server shows what was sent: newer than ours
  if (kept && !refused && JSON.stringify(kept.values) !== before) {
    restore(form, kept.values);
    offerDiscard(form, key, kept.at);
  }
  let timer;
  const keep = () => {
    const at = Date.now();
    try {
      localStorage.setItem(key, JSON.stringify({ at, values: values(form) }));
      if (note) note.textContent = say("draft_saved", { time: clock(new Date(at)) });
    } catch {
      if (note) note.textContent = say("draft_full");
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT_MS);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    clearTimeout(timer);
    keep();
    remember(key);
  });
}

function offerDiscard(form, key, at) {
  const discard = make("button", { type: "button", class: "link" }, say("draft_discard"));
  discard.addEventListener("click", () => {
    localStorage.removeItem(key);
    window.location.reload();
  });
  const words = make("span", {}, say("draft_restored", { time: clock(new Date(at)) }));
  form.prepend(make("div", { class: "say is-amber draft-kept", role: "status" }, words, discard));
}

/** The fields by name: text as text, boxes as on or off, selects as [value, label] pairs. */
function values(form) {
  const kept = {};
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    if (field.type === "radio") {
      if (field.checked) kept[field.name] = field.value;
    } else if (field.type === "checkbox") {
      kept[field.name] = [...(kept[field.name] ?? []), ...(field.checked ? [field.value] : [])];
    } else if (field.tagName === "SELECT") {
      kept[field.name] = [...field.selectedOptions].filter((option) => option.value).map((option) => [option.value, option.text]);
    } else {
      kept[field.name] = field.value;
    }
  }
  return kept;
}

function restore(form, kept) {
  for (const field of form.elements) {
    if (!isKept(field) || !(field.name in kept)) continue;
    const value = kept[field.name];
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type === "checkbox") field.checked = value.includes(field.value);
    else if (field.tagName === "SELECT") choose(field, value);
    else field.value = value;
  }
  for (const group of form.querySelectorAll(".segmented")) group.dispatchEvent(new Event("segmented:show"));
}

function choose(select, pairs) {
  for (const option of select.options) option.selected = false;
  for (const [value, label] of pairs) {
    let option = [...select.options].find((candidate) => candidate.value === value);
    if (!option) {
      option = new Option(label, value);
      select.add(option);
    }
    option.selected = true;
  }
  select.tomselect?.sync();
}

/** Forms sent from this tab, each with the page it was sent from. */
function sentForms() {
  try {
    return Object.entries(JSON.parse(sessionStorage.getItem(SENT)) ?? {});
  } catch {
    return [];
  }
}

function remember(key) {
  const sent = { ...Object.fromEntries(sentForms()), [key]: window.location.pathname };
  sessionStorage.setItem(SENT, JSON.stringify(sent));
}

/**
 * On the page after a form was sent: accepted when the form's own page led here, and this is no
 * error page, not the sign-in page, nor the same form again with its errors. When the answer never
 * came, another page leads here, and what was typed stays.
 */
function settleSent() {
  const from = document.referrer && new URL(document.referrer).pathname;
  if (user && !document.body.hasAttribute("data-error")) {
    const refused = [...document.querySelectorAll("form[data-draft][data-refused]")].map(keyOf);
    for (const [key, page] of sentForms()) {
      if (page === from && !refused.includes(key)) localStorage.removeItem(key);
    }
  }
  sessionStorage.removeItem(SENT);
}

function forgetOld() {
  const oldest = Date.now() - KEPT_DAYS * 24 * 3600 * 1000;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("draft:") && (read(key)?.at ?? 0) < oldest) localStorage.removeItem(key);
  }
}
