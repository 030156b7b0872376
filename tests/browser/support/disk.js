// What the tests ask of the phone's own disk: read a table, write rows, count what is there.
(() => {
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const open = async (person) => {
    const known = await indexedDB.databases();
    if (!known.some((one) => one.name === `doorstep-${person}`)) return null;
    return done(indexedDB.open(`doorstep-${person}`));
  };
  const plain = (value) => {
    if (value instanceof Blob) return { blob: value.size, type: value.type };
    if (Array.isArray(value)) return value.map(plain);
    if (!value || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
  };
  const soon = (work) =>
    Promise.race([work, new Promise((_, give_up) => setTimeout(give_up, 8000, new Error("the disk does not answer")))]);
  const asked = {
    async all(person, table) {
      const disk = await open(person);
      if (!disk) return null;
      const rows = await done(disk.transaction(table).objectStore(table).getAll());
      disk.close();
      return rows.map(plain);
    },
    async get(person, table, key) {
      const disk = await open(person);
      if (!disk) return null;
      const row = await done(disk.transaction(table).objectStore(table).get(key));
      disk.close();
      return plain(row) ?? null;
    },
    // What the phone itself keeps, whoever is signed in.
    async phone(key) {
      const disk = await done(indexedDB.open("doorstep"));
      const row = await done(disk.transaction("phone").objectStore("phone").get(key));
      disk.close();
      return plain(row) ?? null;
    },
    async put(person, table, rows, key) {
      const disk = await open(person);
      const writing = disk.transaction(table, "readwrite");
      const ended = new Promise((resolve, reject) => {
        writing.oncomplete = resolve;
        writing.onabort = () => reject(writing.error);
      });
      for (const row of rows) writing.objectStore(table).put(row, key);
      await ended;
      disk.close();
      new BroadcastChannel("doorstep").postMessage("changed");
    },
    // The eight seconds in which a record can be taken back are over.
    async hurry(person) {
      const disk = await open(person);
      const writing = disk.transaction("outbox", "readwrite");
      const ended = new Promise((resolve) => {
        writing.oncomplete = resolve;
      });
      const rows = await done(writing.objectStore("outbox").getAll());
      for (const row of rows) if (row.not_before > 0) writing.objectStore("outbox").put({ ...row, not_before: 0 });
      await ended;
      disk.close();
      dispatchEvent(new Event("online"));
    },
    // What a photo's bytes are, against the hash that was noted with it.
    async whole(person) {
      const disk = await open(person);
      const photos = await done(disk.transaction("photos").objectStore("photos").getAll());
      disk.close();
      const sound = [];
      for (const photo of photos) {
        const digest = await crypto.subtle.digest("SHA-256", await photo.blob.arrayBuffer());
        const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        if (hex === photo.sha256 && photo.blob.size === photo.bytes) sound.push(photo.uuid);
      }
      return sound;
    },
    async names() {
      return (await indexedDB.databases()).map((one) => one.name).sort();
    },
    async wipe() {
      for (const { name } of await indexedDB.databases()) {
        await new Promise((resolve) => {
          const gone = indexedDB.deleteDatabase(name);
          for (const end of ["success", "error", "blocked"]) gone.addEventListener(end, resolve);
        });
      }
    },
  };
  window.theDisk = Object.fromEntries(
    Object.entries(asked).map(([name, work]) => [name, (...about) => soon(work(...about))]),
  );
})();
