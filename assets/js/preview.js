// The preview of an import: a click on a cell writes into it, arrows go from row to row, N to the
// next row that needs work. Without this each row has a page of its own.
const OPEN = "table[data-preview]";
const ROW = `${OPEN} tr[data-row]`;
const NEEDING = `${ROW}.is-problem, ${ROW}:has(.why.is-amber)`;

export function tendPreview() {
  document.addEventListener("click", (event) => {
    const cell = event.target.closest?.(`${ROW} td[data-field]`);
    if (!cell || event.target.closest("a, button, form, input") || getSelection()?.toString()) return;
    write(cell);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!document.querySelector(OPEN) || document.querySelector("dialog[open]")) return;
    const editor = event.target.closest?.("form.cell-editor");
    if (editor) {
      if (event.key === "Escape") close(editor);
      return;
    }
    if (event.target.closest?.("input, select, textarea, button, summary")) return;
    if (event.key === "ArrowDown") step(event, ROW, 1);
    else if (event.key === "ArrowUp") step(event, ROW, -1);
    else if (event.key.toLowerCase() === "n") step(event, NEEDING, 1);
    else if (event.key === "Enter" && event.target.matches?.(ROW)) {
      event.preventDefault();
      write(event.target.querySelector("td[data-field]:has(.why:not(.is-blue, .is-quiet))") ?? event.target.querySelector("td[data-field]"));
    }
  });
  const here = location.hash.startsWith("#row-") && document.getElementById(location.hash.slice(1));
  if (here && here.matches(ROW)) here.focus();
  else if (location.hash.startsWith("#row-")) rowAfter(Number(location.hash.slice("#row-".length)))?.focus();
}

/** The row a person goes on with when the one just mended is no longer among those shown. */
function rowAfter(position) {
  const rows = [...document.querySelectorAll(ROW)];
  return rows.find((row) => Number(row.id.slice("row-".length)) > position) ?? rows.pop();
}

function step(event, which, by) {
  const rows = [...document.querySelectorAll(which)];
  const now = document.activeElement.closest?.(ROW);
  const after = (row) => !now || Boolean(now.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING);
  const before = (row) => now && Boolean(now.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_PRECEDING);
  const next = by > 0 ? rows.find(after) : rows.filter(before).pop();
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function write(cell) {
  document.querySelectorAll("form.cell-editor").forEach(close);
  const form = document.createElement("form");
  form.className = "cell-editor";
  form.method = "post";
  form.action = cell.closest("tr").dataset.row;
  const hidden = { csrfmiddlewaretoken: token(), field: cell.dataset.field, ...kept() };
  for (const [name, value] of Object.entries(hidden)) form.append(input("hidden", name, value));
  const typed = input("text", "text", cell.dataset.typed);
  typed.maxLength = Number(cell.closest(OPEN).dataset.tooLong);
  typed.autocomplete = "off";
  typed.className = "form-control";
  typed.setAttribute("aria-label", cell.dataset.label);
  form.append(typed);
  cell.classList.add("is-written");
  cell.append(form);
  typed.focus();
  typed.select();
}

function close(editor) {
  const row = editor.closest("tr");
  editor.closest("td").classList.remove("is-written");
  editor.remove();
  row.focus();
}

function input(type, name, value) {
  const made = document.createElement("input");
  Object.assign(made, { type, name, value });
  return made;
}

function token() {
  return document.querySelector("input[name=csrfmiddlewaretoken]").value;
}

function kept() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(["show", "page", "per_page"].filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
}
