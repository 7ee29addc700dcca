// What is typed and taken for a finding that was not sent yet, kept on this device under the account and the year it
// belongs to: texts in localStorage, photos in IndexedDB. Nobody else's draft is ever opened.

const KIND = "finding:";
const MONTH = 30 * 24 * 3600 * 1000;
const HELD = 6 * 24 * 3600 * 1000; // the service forgets a photo that nobody claims after a week

export class Draft {
  constructor(account, year, leaving) {
    this.name = `${KIND}${account}:${year}`;
    this.leaving = leaving;
  }

  // Whether it could be kept.
  keepTexts(texts) {
    try {
      localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), leaving: this.leaving, texts }));
      return true;
    } catch {
      return false;
    }
  }

  texts() {
    return read(this.name);
  }

  async keepPhoto({ blob, name }) {
    const photo = { bytes: await blob.arrayBuffer(), type: blob.type, name };
    return this.inStore("readwrite", (store) => store.add(photo));
  }

  // Remember that the service has the photo already.
  async claim(id, claim) {
    const photo = await this.inStore("readonly", (store) => store.get(id));
    await this.inStore("readwrite", (store) => store.put({ ...photo, claim, claimed: Date.now() }, id));
  }

  async photos() {
    const [keys, found] = await Promise.all([
      this.inStore("readonly", (store) => store.getAllKeys()),
      this.inStore("readonly", (store) => store.getAll()),
    ]);
    return found.map(({ bytes, type, name, claim, claimed }, place) => ({
      id: keys[place],
      blob: new Blob([bytes], { type }),
      name,
      claim: claimed > Date.now() - HELD ? claim : undefined,
    }));
  }

  dropPhoto(id) {
    return this.inStore("readwrite", (store) => store.delete(id));
  }

  async drop() {
    localStorage.removeItem(this.name);
    await this.inStore("readwrite", (store) => store.clear());
  }

  async inStore(mode, ask) {
    this.opened ??= open(this.name);
    const store = (await this.opened).transaction("photos", mode).objectStore("photos");
    return answerOf(ask(store));
  }
}

async function open(name) {
  const asked = indexedDB.open(name, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("photos", { autoIncrement: true });
  const database = await answerOf(asked);
  database.onversionchange = () => database.close();
  return database;
}

function answerOf(asked) {
  return new Promise((take, fail) => {
    asked.onsuccess = () => take(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

// What is kept; nothing where the browser keeps nothing.
function names() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

// Drafts that nobody came back to for a month, whosever they are.
export function dropForgotten() {
  for (const name of names().filter((each) => each.startsWith(KIND))) {
    if (!(read(name)?.at > Date.now() - MONTH)) {
      localStorage.removeItem(name);
      indexedDB.deleteDatabase(name);
    }
  }
}
