// What htmx sends: the token that proves the page is ours, and no empty filters in addresses.
export function tendRequests() {
  // The search box sends while one types; leaving it must not send the same again.
  document.addEventListener("change", (event) => {
    if (event.target.matches("form.filter [type=search]")) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, headers, parameters, verb } = event.detail;
    if (verb !== "get") headers["X-CSRFToken"] = document.querySelector("meta[name='csrf-token']").content;
    if (!elt.matches?.("form.filter")) return;
    for (const name of Object.keys(parameters)) {
      if (parameters[name] === "") delete parameters[name];
    }
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.filter")) return;
    for (const field of event.target.elements) {
      if (field.name && field.value === "") field.disabled = true;
    }
  });
}
