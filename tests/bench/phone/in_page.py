"""What runs inside the page to measure it: small scripts, so that no round trip of the driver is counted."""

# Note when an expression first holds, as seen at a frame: milliseconds since the navigation began.
WHEN_USABLE = """(() => {
  const look = () => {
    if (document.body && (%s)) window.__usable = performance.now();
    else requestAnimationFrame(look);
  };
  look();
})()"""

# When the page first showed anything, once the browser tells.
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"

# From the tap to its complete transaction, and to the frame with the next step, whichever is later.
WATCH_TAPS = """(() => {
  let tapped = 0, saved = 0, before = "";
  const label = () => document.querySelector(".dock .btn--go")?.textContent ?? "";
  const plain = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (names, mode, options) {
    const made = plain.call(this, names, mode, options);
    if (mode === "readwrite" && [].concat(names).includes("outbox")) {
      made.addEventListener("complete", () => { if (tapped && !saved) saved = performance.now(); });
    }
    return made;
  };
  addEventListener("click", (event) => { tapped ||= event.timeStamp; }, true);
  const look = () => {
    if (tapped && saved && label() !== before) {
      window.__taken = [saved - tapped, Math.max(saved, performance.now()) - tapped];
    } else requestAnimationFrame(look);
  };
  window.__arm = () => { tapped = saved = 0; window.__taken = null; before = label(); look(); };
})()"""

GO_TO = """(path) => {
  const link = document.createElement("a");
  link.href = path;
  document.body.append(link);
  link.click();
  link.remove();
}"""

# The floor of a tap: as many writes of one small record to a database of the same browser, strictly durable.
BARE_WRITES = """async (count) => {
  const database = await new Promise((done) => {
    const asked = indexedDB.open("floor", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("rows", { autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
  });
  const taken = [];
  for (let n = 0; n < count; n++) {
    const begun = performance.now();
    await new Promise((done) => {
      const writing = database.transaction("rows", "readwrite", { durability: "strict" });
      writing.objectStore("rows").put({ uuid: crypto.randomUUID(), text: "x".repeat(300) });
      writing.oncomplete = done;
    });
    taken.push(performance.now() - begun);
  }
  return taken;
}"""

_OPEN = """const database = await new Promise((done) => {
    const asked = indexedDB.open(`doorstep-${person}`);
    asked.onsuccess = () => done(asked.result);
  });"""

# Notes on the first assignment, as many as asked, as if they had been written without a network.
FILL_OUTBOX = (
    """async ([person, count]) => {
  """
    + _OPEN
    + """
  const read = (store, key) => new Promise((done) => {
    const asked = database.transaction(store).objectStore(store).get(key);
    asked.onsuccess = () => done(asked.result);
  });
  const first = (await read("meta", "next_seq")) ?? 1;
  const device = (await read("meta", "device")) ?? crypto.randomUUID();
  const { document: work } = await read("work", "document");
  let bytes = 0;
  const writing = database.transaction(["outbox", "meta"], "readwrite", { durability: "strict" });
  for (let n = 0; n < count; n++) {
    const entry = {
      seq: first + n, uuid: crypto.randomUUID(), device, kind: "note", assignment: work.assignments[0].id,
      happened_at: new Date().toISOString(), clock_offset_ms: 0, payload: { text: `note ${n} `.padEnd(200, "·") },
    };
    bytes += new Blob([JSON.stringify(entry)]).size;
    writing.objectStore("outbox").put({ ...entry, label: "", photos: [], not_before: 0, state: "waiting",
      receipt: null, answered_at: null, needs: false });
  }
  writing.objectStore("meta").put(device, "device");
  writing.objectStore("meta").put(first + count, "next_seq");
  await new Promise((done) => { writing.oncomplete = done; });
  database.close();
  return bytes;
}"""
)

STILL_WAITING = (
    """async (person) => {
  """
    + _OPEN
    + """
  const rows = await new Promise((done) => {
    const asked = database.transaction("outbox").objectStore("outbox").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  database.close();
  return rows.filter((row) => row.state === "waiting").length;
}"""
)
