// The photos that wait on this device: shown small, removed one by one, kept until the finding is recorded.
import { draw } from "../device/pictures.js";

export class Photos {
  constructor(draft, changed) {
    this.draft = draft;
    this.changed = changed;
    this.list = [];
    this.areKept = true;
  }

  // Show them in a page, which may be another one than before.
  async showIn(form) {
    this.place = form.querySelector("[data-taken]");
    this.model = form.querySelector("[data-taken-one]");
    this.list.forEach((photo) => this.show(photo));
    for (const field of form.querySelectorAll("input[type=file]")) {
      field.addEventListener("change", () => this.take(field));
    }
  }

  async restore() {
    this.list = await this.draft.photos();
  }

  async take(field) {
    const files = [...field.files];
    field.value = "";
    for (const file of files) {
      const photo = { blob: file, name: file.name };
      this.list.push(photo);
      this.show(photo);
      photo.keeping = this.draft.keepPhoto(photo).then((id) => (photo.id = id));
      await photo.keeping.catch(() => (this.areKept = false));
      this.changed();
    }
  }

  show(photo) {
    const entry = this.model.content.firstElementChild.cloneNode(true);
    const picture = entry.querySelector("canvas");
    picture.setAttribute("aria-label", photo.name);
    entry.querySelector("[data-name]").textContent = photo.name;
    entry.querySelector("button").addEventListener("click", () => this.remove(photo));
    photo.entry = entry;
    draw(photo.blob, picture);
    this.place.append(entry);
    this.place.hidden = false;
  }

  remove(photo) {
    this.list = this.list.filter((each) => each !== photo);
    photo.entry.remove();
    this.place.hidden = !this.list.length;
    if (photo.id !== undefined) this.draft.dropPhoto(photo.id);
    this.changed();
  }

  complain(photo, words) {
    const wrong = photo.entry.querySelector("[data-wrong]");
    wrong.textContent = words;
    wrong.hidden = false;
    photo.entry.scrollIntoView({ block: "center" });
  }
}
