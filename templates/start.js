(function () {
  var AGAIN = 10000, LONGEST = 60000, TRIES = "doorstep.tries", said = false;
  function kept(count) {
    try {
      if (count === undefined) return Number(sessionStorage.getItem(TRIES)) || 0;
      sessionStorage.setItem(TRIES, String(count));
    } catch (_) {}
    return 0;
  }
  function waits() { return document.getElementById("not-started"); }
  function reload() { if (waits()) location.reload(); }
  function again() {
    var button = document.getElementById("start-again");
    if (!waits() || button.disabled) return;
    button.disabled = true; // a tap is seen, and a second one counts no further try
    kept(kept() + 1);
    setTimeout(reload, 5000);
    var files = document.querySelectorAll("script[src], link[href*='/static/assets/']");
    Promise.all(Array.prototype.map.call(files, function (file) {
      return fetch(file.src || file.href, { cache: "reload" }).catch(function () {});
    })).then(reload);
  }
  function fail() {
    if (document.readyState === "loading") return addEventListener("DOMContentLoaded", fail);
    var note = waits(), worker = navigator.serviceWorker && navigator.serviceWorker.controller;
    if (said || !note) return;
    said = true;
    note.hidden = false;
    document.getElementById("start-again").addEventListener("click", again);
    if (worker) worker.postMessage({ type: "mend" });
    setTimeout(again, AGAIN);
  }
  addEventListener("error", function (event) {
    var part = event.target;
    if (part && part.rel === "stylesheet") setTimeout(function () { part.replaceWith(part.cloneNode()); }, AGAIN);
    else if (!part || part === window || part.tagName === "SCRIPT") setTimeout(fail, 500);
  }, true);
  addEventListener("unhandledrejection", function () { setTimeout(fail, 500); });
  setTimeout(function () { if (waits()) fail(); else kept(0); }, Math.min(LONGEST, AGAIN * (1 + kept())));
})();
