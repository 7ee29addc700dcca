// Pages work without this: it moves the focus to what is new, shows passwords on request, asks before a page is left
// with something typed but neither sent nor kept on the device, takes what is kept there away when its owner signs out,
// looks by itself how far work is that goes on behind a page, keeps the headings of
// a ranking in sight, takes cells of a spreadsheet into the fields of periods and tables, and shows long forms a part at a time
// on a phone.
import { initAll } from "../vendor/govuk-frontend/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

const typed = new Set();
document.addEventListener("input", ({ target }) => {
  if (target.form?.method === "post") typed.add(target.form);
});
document.addEventListener("submit", ({ target }) => typed.delete(target));
window.addEventListener("beforeunload", (leaving) => {
  if ([...typed].some((form) => !form.dataset.kept)) leaving.preventDefault();
});

document.addEventListener("submit", (leaving) => {
  const { account } = leaving.target.dataset;
  const drafts = account ? Object.keys(localStorage).filter((name) => name.split(":")[1] === account) : [];
  if (drafts.length && !confirm(JSON.parse(localStorage[drafts[0]]).leaving)) return leaving.preventDefault();
  for (const name of drafts) {
    localStorage.removeItem(name);
    indexedDB.deleteDatabase(name);
  }
});

// A frame that scrolls holds its headings; one whose table fits lets them stay at the top of the window.
const frames = Array.from(document.querySelectorAll(".assess-table--ranking"), (table) => table.parentElement);
function fit() {
  for (const frame of frames) {
    frame.classList.remove("assess-table-frame--whole");
    frame.classList.toggle("assess-table-frame--whole", frame.scrollWidth <= frame.clientWidth);
  }
}
if (frames.length) {
  fit();
  window.addEventListener("resize", fit);
}

// A column or a row copied from a spreadsheet fills the fields of the periods from where it is pasted.
document.addEventListener("paste", (pasting) => {
  const fields = [...(pasting.target.closest?.(".assess-periods")?.querySelectorAll("input[type=text]") ?? [])];
  const values = pasting.clipboardData.getData("text").trim().split(/\s*[\t\n]\s*/);
  const start = fields.indexOf(pasting.target);
  if (start < 0 || values.length < 2) return;
  pasting.preventDefault();
  values.slice(0, fields.length - start).forEach((value, place) => {
    fields[start + place].value = value;
    fields[start + place].dispatchEvent(new Event("input", { bubbles: true }));
  });
});

// A block copied from a spreadsheet fills a table of objects from where it is pasted, a word the choice of that name;
// the arrows up and down lead to the same period of another object.
const cellsOf = (table) => [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1).map((cell) => cell.querySelector("input, select")));
const tableOf = (field) => field.closest?.(".assess-table--objects");
const placeOf = (rows, field) => {
  const row = rows.findIndex((cells) => cells.includes(field));
  return [row, rows[row]?.indexOf(field) ?? -1];
};
document.addEventListener("paste", (pasting) => {
  const table = tableOf(pasting.target);
  const lines = pasting.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t"));
  if (!table || (lines.length < 2 && lines[0].length < 2)) return;
  pasting.preventDefault();
  const rows = cellsOf(table);
  const [row, column] = placeOf(rows, pasting.target);
  lines.forEach((line, down) => line.forEach((word, right) => fill(rows[row + down]?.[column + right], word.trim())));
});
function fill(field, word) {
  if (!field) return;
  field.value = [...(field.options ?? [])].find((option) => option.text === word)?.value ?? word;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
document.addEventListener("keydown", (pressing) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[pressing.key];
  const table = step && pressing.target.matches("input") && tableOf(pressing.target);
  if (!table) return;
  const rows = cellsOf(table);
  const [row, column] = placeOf(rows, pressing.target);
  rows[row + step]?.[column]?.focus();
  pressing.preventDefault();
});

// Long forms on a phone: a few rows at a time, the rest at a button; all of them where a row has an error.
for (const part of document.querySelectorAll("[data-at-a-time]")) {
  const number = Number(part.dataset.atATime);
  const rest = [...part.querySelectorAll("tbody tr")].slice(number);
  if (!rest.length || part.querySelector(".assess-row--error")) continue;
  const more = document.createElement("button");
  Object.assign(more, { type: "button", className: "govuk-button govuk-button--secondary assess-more", textContent: part.dataset.more });
  rest.forEach((row) => row.toggleAttribute("data-later", true));
  part.append(more);
  more.addEventListener("click", () => {
    const shown = rest.splice(0, number);
    shown.forEach((row) => row.removeAttribute("data-later"));
    shown[0].querySelector("select").focus();
    if (!rest.length) more.remove();
  });
}

const AGAIN = 1500;
let working = document.querySelector("[data-refresh]");
if (working) setTimeout(look, AGAIN);

async function look() {
  const answer = document.hidden ? null : await fetch(working.dataset.refresh).catch(() => null);
  if (answer?.redirected) return location.replace(working.dataset.refresh);
  if (answer?.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  if (working) setTimeout(look, AGAIN);
}

function show(page) {
  const found = page.querySelector("[data-refresh]");
  if (found?.dataset.state === working.dataset.state) {
    if (found.innerHTML !== working.innerHTML) working.replaceChildren(...found.childNodes);
    return;
  }
  const main = document.querySelector("main");
  const isThere = document.activeElement === document.body || main.contains(document.activeElement);
  main.replaceWith(page.querySelector("main"));
  initAll({ scope: document.querySelector("main") });
  if (isThere) document.querySelector("main").focus();
  working = found;
}
