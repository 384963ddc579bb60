// Fields that find their rows while one types name, pinyin or initials: data-suggest-url on a select.
import TomSelect from "tom-select/dist/js/tom-select.base.js";
import clearButton from "tom-select/dist/js/plugins/clear_button.js";
import removeButton from "tom-select/dist/js/plugins/remove_button.js";
import { each, make } from "./dom.js";
import { say } from "./words.js";

TomSelect.define("clear_button", clearButton);
TomSelect.define("remove_button", removeButton);

each("select[data-suggest-url]", (select) => {
  select.setAttribute("aria-hidden", "true"); // its label now belongs to the field that is typed into
  const { suggestUrl } = select.dataset;
  new TomSelect(select, {
    plugins: select.multiple ? ["remove_button"] : ["clear_button"],
    valueField: "value",
    labelField: "text",
    searchField: [], // the server searches: it knows the pinyin
    maxOptions: null,
    loadThrottle: 200,
    preload: "focus",
    closeAfterSelect: true,
    hidePlaceholder: true,
    placeholder: select.getAttribute("placeholder") ?? say("suggest_hint"),
    render: {
      option: (row) => make("div", {}, make("span", {}, row.text), ...(row.note ? [make("small", {}, row.note)] : [])),
      item: (row) => make("div", {}, row.text),
      no_results: () => make("div", { class: "no-results" }, say("suggest_none")),
      loading: () => make("div", { class: "no-results" }, say("suggest_loading")),
      not_loading: () => null,
    },
    score: () => () => 1,
    load(query, done) {
      const address = new URL(suggestUrl, window.location.href);
      address.searchParams.set("q", query);
      fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
        .then(({ results }) => {
          this.clearOptions((option) => this.items.includes(String(option.value)));
          done(results);
        })
        .catch(() => done());
    },
  });
});
