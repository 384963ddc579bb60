// Fields that find their rows while one types name, pinyin or initials: data-suggest-url on a select.
// With data-suggest-new="name:" what is not on the list can be written in; it is sent with that prefix.
import TomSelect from "tom-select/dist/js/tom-select.base.js";
import clearButton from "tom-select/dist/js/plugins/clear_button.js";
import removeButton from "tom-select/dist/js/plugins/remove_button.js";
import { each, make } from "./dom.js";
import { say } from "./words.js";

TomSelect.define("clear_button", clearButton);
TomSelect.define("remove_button", removeButton);

// Letters alone are taken for pinyin on the way to a row, not for a name to be written in.
const A_NAME = /[^ -~]|[A-Z]/;

each("select[data-suggest-url]", (select) => {
  select.setAttribute("aria-hidden", "true"); // its label now belongs to the field that is typed into
  const { suggestUrl, suggestNew } = select.dataset;
  let pending = false; // typed on, and the server has not answered yet
  let found = new Set(); // what it answered: the row that is chosen already is no match by itself
  const forgetOthers = (field) => field.clearOptions((option) => field.items.includes(String(option.value)));
  new TomSelect(select, {
    plugins: select.multiple ? ["remove_button"] : ["clear_button"],
    valueField: "value",
    labelField: "text",
    searchField: [], // the server searches: it knows the pinyin
    maxOptions: null,
    loadThrottle: 200,
    preload: "focus",
    closeAfterSelect: true,
    create: suggestNew === undefined ? false : (typed) => ({ value: suggestNew + typed.trim(), text: typed.trim() }),
    createOnBlur: suggestNew !== undefined,
    createFilter(typed) {
      return A_NAME.test(typed) && (!pending || !this.isFocused); // wait for the rows; but never lose a word
    },
    hidePlaceholder: true,
    placeholder: select.getAttribute("placeholder") ?? say("suggest_hint"),
    render: {
      option: (row) => make("div", {}, make("span", {}, row.text), ...(row.note ? [make("small", {}, row.note)] : [])),
      item: (row) => make("div", {}, row.text),
      no_results: () => make("div", { class: "no-results" }, pending ? say("suggest_loading") : say("suggest_none")),
      option_create: (typed) => make("div", { class: "create" }, say("suggest_new", { name: typed.input })),
      loading: () => make("div", { class: "no-results" }, say("suggest_loading")),
      not_loading: () => null,
    },
    score: () => (row) => (found.has(String(row.value)) ? 1 : 0),
    // Rows of an earlier word must not be chosen by a quick Enter.
    onType() {
      pending = true;
      found = new Set();
      forgetOthers(this);
      this.refreshOptions(true);
    },
    load(query, done) {
      const address = new URL(suggestUrl, window.location.href);
      address.searchParams.set("q", query);
      fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
        .then(({ results }) => {
          if (query !== this.inputValue()) {
            done(); // an answer overtaken by the next letter
            return;
          }
          pending = false;
          found = new Set(results.map((row) => String(row.value)));
          forgetOthers(this);
          done(results);
        })
        .catch(() => {
          pending = false;
          done();
        });
    },
  });
});

// A choice among a few dozen that is found while one types its name or another word for it
// (data-words on an option): data-searchable on a select.
each("select[data-searchable]", (select) => {
  select.setAttribute("aria-hidden", "true");
  new TomSelect(select, {
    allowEmptyOption: true,
    maxOptions: null,
    maxItems: 1,
    closeAfterSelect: true,
    openOnFocus: false, // opens when clicked, typed into, or by the arrow: tabbing passes by
    searchField: ["text", "words"],
    refreshThrottle: 0, // a quick Enter takes what was typed, not what stood there before
    dropdownParent: "body", // a frame that scrolls would cut it
    dropdownClass: "ts-dropdown is-over-sheet",
    onInitialize() {
      this.control_input.setAttribute("aria-label", select.getAttribute("aria-label") ?? "");
    },
    render: {
      option: (row) => make("div", {}, make("span", {}, row.text)),
      item: (row) => make("div", { title: select.title }, row.text),
      no_results: () => make("div", { class: "no-results" }, say("suggest_none")),
    },
  });
});
