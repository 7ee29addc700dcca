// The answers and remarks of one section as the page holds them, against what the service is known to have.

const FIELDS = /^(answer|remark)-/;
const keyOf = (name) => name.replace(/^answer-/, "");

export class Section {
  constructor(form) {
    this.form = form;
    this.names = [...new Set([...form.elements].map(({ name }) => name).filter((name) => FIELDS.test(name)))];
    this.base = JSON.parse(form.elements.base.value);
    this.saved = Object.fromEntries(this.names.map((name) => [name, this.base[keyOf(name)] ?? ""]));
    this.refused = {};
    this.conflicts = new Set();
  }

  value(name) {
    return this.form.elements[name].value;
  }

  // The names of what is typed and not saved.
  changed() {
    return this.names.filter((name) => this.value(name) !== this.saved[name]);
  }

  // Of these, what to send: neither refused as it stands nor waiting for a decision between two values.
  unsent() {
    return this.changed().filter((name) => this.refused[name] !== this.value(name) && !this.conflicts.has(name));
  }

  texts(names) {
    return Object.fromEntries(names.map((name) => [name, this.value(name)]));
  }

  // What the service is sent: these texts alone, with what was saved when the page was made.
  body(texts) {
    const { csrf_token: token, seen } = this.form.elements;
    const body = new FormData();
    const fixed = { csrf_token: token.value, seen: seen.value, base: JSON.stringify(this.base), then: "stay" };
    for (const [name, text] of Object.entries({ ...fixed, ...texts })) body.append(name, text);
    return body;
  }

  // Take what the service has after saving these texts; fields that nobody is typing in show what others saved.
  takeSaved(form, sent) {
    const base = JSON.parse(form.elements.base.value);
    let isBehind = false;
    for (const name of this.names.filter((each) => form.elements[each])) {
      const isAsSent = name in sent && this.value(name) === sent[name];
      if (isAsSent || this.value(name) === this.saved[name]) this.show(name, form.elements[name].value);
      else if (name in sent) this.saved[name] = sent[name];
      else if (this.base[keyOf(name)] !== base[keyOf(name)]) isBehind = true;
      if (this.value(name) === this.saved[name] || name in sent) this.base[keyOf(name)] = base[keyOf(name)];
    }
    this.form.elements.csrf_token.value = form.elements.csrf_token.value;
    if (!isBehind) this.form.elements.seen.value = form.elements.seen.value;
    this.form.elements.base.value = JSON.stringify(this.base);
  }

  // Show a value that is saved.
  show(name, text) {
    if (this.value(name) !== text) this.form.elements[name].value = text;
    this.saved[name] = text;
    this.clear(name);
  }

  // Put back what was kept on this device, with what was saved when it was typed; whether any of it is not saved.
  restore({ texts, base, seen }) {
    for (const [name, text] of Object.entries(texts).filter(([each]) => this.names.includes(each))) {
      if (text === this.saved[name]) continue;
      this.form.elements[name].value = text;
      this.base[keyOf(name)] = base[keyOf(name)];
      this.form.elements.seen.value = seen;
    }
    return this.changed().length > 0;
  }

  // Show beside their fields what the service refused; whether it named any field.
  takeRefusal(page, sent) {
    const wrong = Object.keys(sent).filter((name) => page.getElementById(`${name}-error`));
    for (const name of wrong) {
      this.refused[name] = sent[name];
      this.clear(name);
      const place = this.group(name);
      place.classList.add("govuk-form-group--error");
      const above = place.querySelector(".govuk-hint") ?? place.querySelector("legend, label");
      above.after(page.getElementById(`${name}-error`));
      const field = document.getElementById(name);
      field?.setAttribute("aria-invalid", "true");
      field?.setAttribute("aria-describedby", `${name}-hint ${name}-error`);
    }
    return wrong.length > 0;
  }

  // What is typed anew is not what was refused.
  forgetRefusals() {
    for (const name of Object.keys(this.refused).filter((each) => this.refused[each] !== this.value(each))) {
      delete this.refused[name];
      this.clear(name);
    }
  }

  clear(name) {
    document.getElementById(`${name}-error`)?.remove();
    this.group(name).classList.remove("govuk-form-group--error");
    document.getElementById(name)?.removeAttribute("aria-invalid");
  }

  group(name) {
    const field = this.form.elements[name];
    return (field instanceof RadioNodeList ? field[0] : field).closest(".govuk-form-group");
  }

  // Show the values that others saved meanwhile beside the fields, to decide between; decided: what to do then.
  takeConflicts(page, sent, model, decided) {
    for (const name of Object.keys(sent)) {
      const theirs = page.getElementById(`${name}-0`);
      if (theirs) this.offer(name, theirs, page, model, decided);
    }
    return this.conflicts.size > 0;
  }

  offer(name, theirs, page, model, decided) {
    const asked = model.content.firstElementChild.cloneNode(true);
    asked.querySelector("[data-fact=value]").textContent = theirs.labels[0].textContent;
    asked.querySelector("[data-fact=who]").textContent = page.getElementById(`${name}-0-hint`).textContent;
    const decide = (settle) => {
      this.conflicts.delete(name);
      this.base[keyOf(name)] = theirs.value;
      settle();
      asked.remove();
      decided();
    };
    const take = () => this.show(name, theirs.value);
    asked.querySelector("[data-do=theirs]").addEventListener("click", () => decide(take));
    asked.querySelector("[data-do=mine]").addEventListener("click", () => decide(() => {}));
    this.conflicts.add(name);
    this.group(name).append(asked);
  }
}
