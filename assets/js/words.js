// Words the scripts show, in the reader's language: templates/base.html writes them as JSON.

let words;

/**
 * The words for `key`, with `{name}` filled from `values`.
 * @param {string} key as in core/browser_words.py
 * @param {Record<string, string|number>} [values]
 * @returns {string}
 */
export function say(key, values = {}) {
  if (!words) {
    const block = document.getElementById("browser-words");
    words = block ? JSON.parse(block.textContent) : {};
  }
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * A moment as 16:05, or with its day when that is not today.
 * @param {Date} moment
 * @returns {string}
 */
export function clock(moment) {
  const time = `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
  if (moment.toDateString() === new Date().toDateString()) return time;
  return `${moment.getMonth() + 1}-${moment.getDate()} ${time}`;
}
