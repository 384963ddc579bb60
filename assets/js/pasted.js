// Cells pasted from a spreadsheet into a text field are shown at once as the table they were.
import { each, make } from "./dom.js";
import { say } from "./words.js";

const ROWS = 20;
const COLUMNS = 60;
const WAIT_MS = 150;

export function showPasted() {
  each("textarea[data-paste-grid]", (area) => {
    const frame = area.parentElement.querySelector("[data-pasted]");
    const count = area.parentElement.querySelector("[data-pasted-count]");
    let timer;
    const show = () => {
      const long = area.value.length > Number(area.dataset.limit);
      area.setCustomValidity(long ? say("pasted_too_much") : "");
      const rows = area.value.trim() ? parse(area.value) : [];
      const width = Math.max(0, ...rows.slice(0, 200).map((row) => row.length));
      frame.hidden = rows.length === 0;
      frame.replaceChildren(rows.length ? table(rows.slice(0, ROWS), Math.min(width, COLUMNS)) : "");
      count.textContent = long ? say("pasted_too_much") : sizeOf(rows.length, width);
    };
    area.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, WAIT_MS);
    });
    show();
  });
}

function sizeOf(rows, columns) {
  if (rows === 0) return "";
  return rows > ROWS ? say("pasted", { rows, columns, shown: ROWS }) : say("pasted_all", { rows, columns });
}

/** Rows of cells; a cell with a line break or a tab stands in double quotes, as spreadsheets copy it. */
export function parse(text) {
  const rows = [[]];
  const cell = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)|[^\t\r\n]*/y;
  let place = 0;
  while (place <= text.length) {
    cell.lastIndex = place;
    const [whole, quoted] = cell.exec(text);
    rows[rows.length - 1].push(quoted === undefined ? whole : quoted.replaceAll('""', '"'));
    place += whole.length;
    if (place >= text.length) break;
    if (text[place] === "\t") {
      place += 1;
      continue;
    }
    place += text.startsWith("\r\n", place) ? 2 : 1;
    if (place >= text.length) break;
    rows.push([]);
  }
  return rows;
}

function table(rows, width) {
  const letters = Array.from({ length: width }, (_, column) => make("th", { class: "sheet-letters", scope: "col" }, name(column)));
  const head = make("thead", {}, make("tr", {}, make("th", { class: "sheet-corner" }), ...letters));
  const lines = rows.map((row, number) => {
    const cells = Array.from({ length: width }, (_, column) => make("td", {}, row[column] ?? ""));
    return make("tr", {}, make("th", { class: "sheet-number", scope: "row" }, make("span", {}, String(number + 1))), ...cells);
  });
  return make("table", { class: "sheet" }, head, make("tbody", {}, ...lines));
}

/** The column as a spreadsheet letters it: 0 is A, 26 is AA. */
function name(column) {
  const before = Math.floor(column / 26) - 1;
  return (before >= 0 ? name(before) : "") + String.fromCharCode(65 + (column % 26));
}
