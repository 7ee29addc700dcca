// What is typed and was not sent yet, kept on this device under the account and the work it belongs to: a finding of a
// year, a section of a form. Nobody else's is ever opened; signing out takes one's own away (assess.js).

const KINDS = /^(finding|form):/;
const MONTH = 30 * 24 * 3600 * 1000;

export class KeptTexts {
  // leaving: what is asked before signing out takes it away.
  constructor(name, leaving) {
    this.name = name;
    this.leaving = leaving;
  }

  // Whether it could be kept.
  keep(texts, facts = {}) {
    try {
      localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), leaving: this.leaving, texts, ...facts }));
      return true;
    } catch {
      return false;
    }
  }

  read() {
    return read(this.name);
  }

  drop() {
    localStorage.removeItem(this.name);
  }
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

// What nobody came back to for a month, whosever it is.
export function dropForgotten() {
  for (const name of names().filter((each) => KINDS.test(each))) {
    if (!(read(name)?.at > Date.now() - MONTH)) {
      localStorage.removeItem(name);
      indexedDB.deleteDatabase(name);
    }
  }
}
