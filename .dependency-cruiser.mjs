// The arrows of the apps in the browser: who may import whom. Everything else is an error, and so is a file that stands in
// no room, that nothing reaches, or that closes a circle. $1 is the app: phone and desk never meet.
const LIB = "^static/shared/lib/";
const SERVER = "^static/shared/server/";
const SHARED_WORDS = "^static/shared/words/";
const SHARED = "^static/shared/";
const APP = "^static/(phone|desk)/";
const DATA = ["disk", "outbox", "work", "device", "session"]; // each may import those before it
const WORDS = ["words/", "screens/[^/]+/words\\.ts$"];

const SIGNALS = "^node_modules/@preact/signals/";
const PREACT = ["^node_modules/preact/", "^node_modules/preact-iso/", SIGNALS];
const STYLES = ["^static/(css|shared|$1)/.*\\.css$", "^node_modules/leaflet/dist/leaflet\\.css$"];
const mine = (...rooms) => rooms.map((room) => `^static/$1/${room}`);

const may = (from, ...to) => ({ from: { path: from }, to: { path: to.flat(Infinity) } });

const allowed = [
  may(LIB, LIB),
  may(SERVER, SERVER, LIB),
  may(SHARED_WORDS, SHARED_WORDS, SERVER, LIB, SIGNALS),
  may("^static/shared/parts/", SHARED, PREACT),

  may(`${APP}domain/`, mine("domain/"), SERVER, LIB),
  may(
    WORDS.map((words) => APP + words),
    mine("domain/", ...WORDS),
    SHARED_WORDS,
    SERVER,
    LIB,
  ),
  ...DATA.map((room, place) =>
    may(`${APP}data/${room}/`, mine(...DATA.slice(0, place + 1).map((below) => `data/${below}/`), "domain/"), [
      SHARED_WORDS,
      SERVER,
      LIB,
      SIGNALS,
      "^node_modules/idb/",
    ]),
  ),
  may(`${APP}parts/[^/]+/`, mine("parts/", "data/", "domain/", ...WORDS.slice(0, 1)), SHARED, PREACT, STYLES),
  may(`${APP}screens/([^/]+)/(?!words\\.ts$)`, mine("screens/$2/", "parts/", "data/", "domain/", "words/"), [
    SHARED,
    PREACT,
    STYLES,
    "^node_modules/(@types/)?leaflet/",
    "^node_modules/uqr/",
  ]),
  may(`${APP}screens/(lazy-screens|all-lazy)\\.tsx?$`, mine("screens/"), "^static/shared/parts/", PREACT),
  may(`${APP}(main|app|inside|early)\\.tsx?$`, mine(""), SHARED, PREACT, STYLES),

  may("^static/sw/", "^static/sw/", "^static/phone/(data|domain)/", SERVER, LIB),
];

const ROOMS = [
  "^static/shared/(lib|server|words|parts)/[^/]+$",
  "^static/(phone|desk)/(domain|parts)/[^/]+/[^/]+$",
  `^static/(phone|desk)/data/(${DATA.join("|")})/[^/]+$`,
  "^static/(phone|desk)/words/[^/]+$",
  "^static/(phone|desk)/screens/([^/]+/[^/]+|(lazy-screens|all-lazy)\\.tsx?)$",
  "^static/(phone|desk)/[^/]+$",
  "^static/(sw|css)/[^/]+$",
];
const STARTS = "^static/(phone|desk)/(main|early)\\.tsx?$|^static/sw/sw\\.ts$";

export default {
  allowed,
  allowedSeverity: "error",
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    { name: "a-room-for-every-file", severity: "error", from: { path: "^static/", pathNot: ROOMS }, to: {} },
    {
      name: "a-room-for-every-file",
      severity: "error",
      from: { orphan: true, path: "^static/", pathNot: ROOMS },
      to: {},
    },
    {
      name: "nothing-that-nobody-reaches",
      severity: "error",
      from: { path: STARTS },
      to: { path: "^static/(phone|desk|shared|sw)/", pathNot: ["\\.d\\.ts$", STARTS], reachable: false },
    },
    { name: "it-is-there", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "^node_modules/" },
    exclude: { path: "^static/built/" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".d.ts", ".js", ".mjs", ".css"] },
  },
};
