// The page to upload evidence works without this. With it, files can be dragged onto the page, and what is chosen is
// listed before it is uploaded, pictures small.
import { draw } from "../device/pictures.js";

const field = document.querySelector("input[type=file][multiple]");
const list = document.querySelector("[data-chosen]");
if (field && list) begin(field.form);

function begin(form) {
  document.querySelector("[data-say=drag]").hidden = false;
  field.addEventListener("change", show);
  form.addEventListener("dragover", (dragging) => {
    if (dragging.dataTransfer.types.includes("Files")) dragging.preventDefault();
  });
  form.addEventListener("drop", (dropping) => {
    if (!dropping.dataTransfer.files.length) return;
    dropping.preventDefault();
    choose([...field.files, ...dropping.dataTransfer.files]);
  });
}

function choose(files) {
  const chosen = new DataTransfer();
  for (const file of files) chosen.items.add(file);
  field.files = chosen.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function show() {
  list.replaceChildren(...[...field.files].map(entry));
  list.hidden = !field.files.length;
}

function entry(file) {
  const one = document.querySelector("[data-chosen-one]").content.firstElementChild.cloneNode(true);
  const picture = one.querySelector("canvas");
  picture.setAttribute("aria-label", file.name);
  one.querySelectorAll("[data-name]").forEach((place) => (place.textContent = file.name));
  one.querySelector("button").addEventListener("click", () => choose([...field.files].filter((each) => each !== file)));
  draw(file, picture).then((isDrawn) => (picture.hidden = !isDrawn));
  return one;
}
