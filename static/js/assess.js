// Pages work without this: it moves the focus to what is new, shows passwords on request, asks before a page is left
// with something typed but neither sent nor kept on the device, takes what is kept there away when its owner signs out,
// looks by itself how far work is that goes on behind a page, keeps the headings of
// a ranking in sight, and takes a column of a spreadsheet into the fields of periods.
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
  const drafts = account ? Object.keys(localStorage).filter((name) => name.startsWith(`finding:${account}:`)) : [];
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
