// A question before an act that is hard to take back: data-confirm="确认导入？" on a form or a button.
import { make } from "./dom.js";
import { say } from "./words.js";

/**
 * Asks in a dialog; old browsers ask in their own window.
 * @param {string} question
 * @param {string} act the word on the confirming button
 * @returns {Promise<boolean>}
 */
export function ask(question, act) {
  if (typeof HTMLDialogElement === "undefined") return Promise.resolve(window.confirm(question));
  return new Promise((resolve) => {
    const yes = make("button", { type: "submit", value: "yes", class: "btn btn-primary" }, act || say("confirm"));
    const no = make("button", { type: "submit", value: "no", class: "btn btn-plain" }, say("cancel"));
    const form = make("form", { method: "dialog" }, make("p", { id: "ask-question" }, question), make("div", { class: "actions" }, no, yes));
    const dialog = make("dialog", { class: "ask", "aria-labelledby": "ask-question" }, form);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  });
}

export function askFirst() {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const source = event.submitter?.dataset.confirm ? event.submitter : form;
      const question = source.dataset.confirm;
      if (!question || form.dataset.confirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      ask(question, submitter?.textContent.trim()).then((yes) => yes && send(form, submitter));
    },
    true,
  );
  document.addEventListener("htmx:confirm", (event) => {
    const question = event.detail.question;
    if (!question) return;
    event.preventDefault();
    ask(question).then((yes) => yes && event.detail.issueRequest(true));
  });
}

function send(form, submitter) {
  form.dataset.confirmed = "yes";
  if (submitter) submitter.click();
  else form.requestSubmit();
  delete form.dataset.confirmed;
}
