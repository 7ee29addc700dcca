// The grid works without this: every value is a link and a box to tick. With it, arrows move among the cells, a box
// ticks a whole column, and a value opens beside the grid.
import { initAll } from "../vendor/govuk-frontend/govuk-frontend.min.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const grid = document.querySelector("[data-grid] table");
const beside = document.querySelector("[data-beside]");
if (grid) begin();

function begin() {
  grid.setAttribute("role", "grid");
  const controls = [...grid.querySelectorAll("input, a")];
  controls.forEach((each) => { each.tabIndex = -1; });
  main(grid.querySelector("tbody td:has(input, a)")).tabIndex = 0;
  grid.addEventListener("focusin", ({ target }) => {
    controls.forEach((each) => { each.tabIndex = each === target ? 0 : -1; });
  });
  grid.addEventListener("keydown", press);
  grid.querySelectorAll("[data-column]").forEach((box) => {
    box.checked = boxes(box).every((one) => one.checked);
  });
  grid.addEventListener("change", ({ target }) => {
    if ("column" in target.dataset) boxes(target).forEach((one) => { one.checked = target.checked; });
  });
  grid.addEventListener("click", (click) => {
    if (click.target.matches("td a") && !click.ctrlKey && !click.metaKey) open(click, click.target);
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") close();
  });
}

// What stands for a cell: its box, or else its link.
function main(cell) {
  return cell?.querySelector("input") ?? cell?.querySelector("a");
}

function press(pressed) {
  const cell = pressed.target.closest("td, th");
  const link = pressed.target.closest("td")?.querySelector("a");
  if (pressed.key === "Enter" && link) return open(pressed, link);
  if (!(pressed.key in STEPS) || !cell) return;
  pressed.preventDefault();
  const [down, right] = STEPS[pressed.key];
  const next = beyond(cell, down, right);
  if (!next) return;
  main(next).focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (!beside.hidden && next.matches("td")) open(pressed, next.querySelector("a"));
}

// The next cell in a direction that holds anything.
function beyond(cell, down, right) {
  let row = cell.parentElement.rowIndex + down;
  let place = cell.cellIndex + right;
  for (; grid.rows[row]?.cells[place]; row += down, place += right) {
    if (main(grid.rows[row].cells[place])) return grid.rows[row].cells[place];
  }
  return null;
}

// The boxes of the column whose heading holds this one.
function boxes(box) {
  const place = box.closest("th").cellIndex;
  return [...grid.tBodies[0].rows].flatMap((row) => [...row.cells[place].querySelectorAll("input")]);
}

let wanted = "";
async function open(event, link) {
  event.preventDefault();
  wanted = link.href;
  const answer = await fetch(link.href).catch(() => null);
  if (wanted !== link.href) return;
  if (!answer?.ok || answer.redirected) return location.assign(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (wanted !== link.href) return;
  show(page.querySelector("main"), link.href);
}

function show(found, address) {
  const heading = document.createElement("h2");
  heading.className = "govuk-heading-m";
  heading.append(...found.querySelector("h1").childNodes);
  found.querySelector("h1").replaceWith(heading);
  found.querySelectorAll("form:not([action])").forEach((form) => { form.action = address; });
  beside.replaceChildren(...found.childNodes);
  beside.hidden = false;
  beside.scrollTop = 0;
  initAll({ scope: beside });
}

function close() {
  wanted = "";
  if (beside.hidden) return;
  const inside = beside.contains(document.activeElement);
  beside.hidden = true;
  beside.replaceChildren();
  if (inside) grid.querySelector('[tabindex="0"]')?.focus();
}
