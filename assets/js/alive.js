// A list that is handed in is not lost to a sign-in that expired meanwhile: before it is sent, its
// page is asked for. Whoever is signed out is told; the chosen file or the pasted rows stay.
import { each } from "./dom.js";
import { notice } from "./notices.js";
import { say } from "./words.js";

const TOKEN = "input[name=csrfmiddlewaretoken]";

export function askBeforeSending() {
  each("input[data-file-picker], textarea[data-paste-grid]", ({ form }) => {
    let isAsked = false;
    form.addEventListener("submit", async (event) => {
      if (event.defaultPrevented || isAsked) return;
      event.preventDefault();
      event.submitter?.setAttribute("aria-busy", "true");
      const goes = await isAlive(form);
      event.submitter?.removeAttribute("aria-busy");
      if (!goes) return;
      isAsked = true;
      form.requestSubmit(event.submitter);
    }, { capture: true });
    // Back from the next page: asked anew.
    window.addEventListener("pageshow", () => { isAsked = false; });
  });
}

/** Whether the form's page is still there for this person; takes over its token, which a new sign-in changes. */
async function isAlive(form) {
  let answer;
  try {
    answer = await fetch(window.location.href, { redirect: "manual", headers: { Accept: "text/html" } });
  } catch {
    notice(say("no_connection"));
    return false;
  }
  if (!answer.ok) {
    notice(say("signed_out"), { href: "/sign-in/", words: say("sign_in") });
    return false;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  form.querySelector(TOKEN).value = page.querySelector(TOKEN).value;
  return true;
}
