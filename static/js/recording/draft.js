// What is typed and taken for a finding that was not sent yet, kept on this device under the account and the year it
// belongs to: texts in localStorage, photos in IndexedDB.
import { KeptTexts } from "../device/texts.js";

const HELD = 6 * 24 * 3600 * 1000; // the service forgets a photo that nobody claims after a week

export class Draft {
  constructor(account, year, leaving) {
    this.texts = new KeptTexts(`finding:${account}:${year}`, leaving);
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
    this.texts.drop();
    await this.inStore("readwrite", (store) => store.clear());
  }

  async inStore(mode, ask) {
    this.opened ??= open(this.texts.name);
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
