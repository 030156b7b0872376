// Every main act with the n-th operation of the disk failing once, for each n: it is done or said, and the next tap does it.
import { webcrypto } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Entry } from "../../../../static/phone/domain/outbox/entry";
import { emptyForm } from "../../../../static/phone/domain/visit/record";
import { failing, type How } from "../../support/disk";
import { photo, sent, work } from "../../support/made";
import { FakeServer } from "../../support/server";
import { settle } from "../../support/setup";
import { newPhone, openTab, type Tab } from "../../support/tab";

vi.stubGlobal("isSecureContext", true);

const FORM = { key: "visit:a", assignment: "a", label: "张*", form: { note: "x" }, touched: true };
const ENVELOPE = { person: "p", device: "d", nonce: "n", box: "b" };

async function rooms() {
  const [steps, visits, scripts, lock, handover, visitScript, card] = await Promise.all([
    import("../../../../static/phone/data/work/steps"),
    import("../../../../static/phone/data/work/visits"),
    import("../../../../static/phone/data/work/scripts"),
    import("../../../../static/phone/data/session/lock"),
    import("../../../../static/phone/data/outbox/handover"),
    import("../../../../static/phone/data/work/visit-script"),
    import("../../../../static/phone/data/session/card"),
  ]);
  return { steps, visits, scripts, lock, handover, visitScript, card };
}
type On = Tab & Awaited<ReturnType<typeof rooms>>;

interface Act {
  before?: (on: On) => Promise<unknown>;
  tap: (on: On) => Promise<unknown>;
  /** What must be so once the tap has come through, whatever went before. */
  done: (on: On) => unknown;
}

const entries = ({ store }: On) => store.disk().all<Entry>("outbox");
const first = async (tab: On) => (await entries(tab))[0] as Entry;

const ACTS: Record<string, Act> = {
  "an act": {
    tap: ({ acts }) => acts.perform("acknowledge", { assignment: "a" }),
    done: async (tab) => expect((await entries(tab)).map(({ seq }) => seq)).toEqual([1]),
  },
  "the record of a talk, saved": {
    before: async ({ steps, drafts }) => {
      await steps.noteStep("a", { key: "calm", seconds: 4 });
      await drafts.saveDraft(FORM);
    },
    tap: async ({ acts, visits }) => {
      const payload = await visits.recordOf({ ...emptyForm(), met: true }, "a", "");
      await acts.perform("visit", { assignment: "a", payload, draft: "visit:a" });
    },
    done: async (tab) => {
      expect(await entries(tab)).toMatchObject([{ kind: "visit", payload: { steps: [{ key: "calm", seconds: 4 }] } }]);
      expect(tab.store.drafts.value).toEqual([]);
    },
  },
  "a step of the talk, then the record": {
    tap: async ({ steps, visits }) => {
      await steps.noteStep("a", { key: "calm", seconds: 4 }); // one that fails stops no talk
      await visits.recordOf({ ...emptyForm(), met: true }, "a", "");
    },
    done: async ({ steps }) => expect((await steps.stepsOf("a")).length).toBeLessThan(2),
  },
  "a step back": {
    before: ({ acts }) => acts.perform("visit", { assignment: "a", undoMs: 8_000 }),
    tap: async (tab) => tab.acts.undo(await first(tab)),
    done: async (tab) => expect((await first(tab)).kind).toBe("undone"),
  },
  "a form": {
    tap: async ({ drafts }) => {
      if (!(await drafts.saveDraft(FORM))) throw new DOMException("not kept", "AbortError");
    },
    done: async ({ store }) => expect(await store.disk().all("drafts")).toHaveLength(1),
  },
  "a form, dropped": {
    before: ({ drafts }) => drafts.saveDraft(FORM),
    tap: ({ drafts }) => drafts.dropDraft("visit:a"),
    done: async ({ store }) => expect([await store.disk().all("drafts"), store.drafts.value]).toEqual([[], []]),
  },
  "a photo": {
    tap: ({ acts }) => acts.keepPhoto(photo("p")),
    done: ({ store }) => expect(store.photos.value).toHaveLength(1),
  },
  "a photo, taken away": {
    before: ({ acts }) => acts.keepPhoto(photo("p")),
    tap: ({ acts }) => acts.dropPhoto("p"),
    done: ({ store }) => expect(store.photos.value).toEqual([]),
  },
  "an answer to what needs the officer": {
    before: async ({ store }) => {
      const asked = sent(1, { kind: "visit", needs: true });
      await store.disk().write([
        { put: "outbox", value: asked },
        { put: "meta", key: "next_seq", value: 2 },
      ]);
      await store.reload();
    },
    tap: async (tab) => tab.acts.settle(await first(tab), "mine_too"),
    done: async (tab) => {
      expect((await entries(tab)).map(({ kind, needs }) => [kind, needs])).toEqual([
        ["visit", false],
        ["resolve", false],
      ]);
      expect(tab.store.needing.value).toEqual([]);
    },
  },
  "a code for the lock": {
    tap: ({ lock }) => lock.setCode("2580"),
    done: ({ lock }) => expect(lock.lock.value?.code.length).toBe(4),
  },
  "a code at the lock": {
    before: async ({ lock, store }) => {
      await lock.setCode("2580");
      store.locked.value = true;
    },
    tap: async ({ lock }) => expect(await lock.tryCode("2580")).toBe(true),
    done: ({ store }) => expect(store.locked.value).toBe(false),
  },
  "an envelope of a colleague": {
    tap: ({ handover }) => handover.carry(ENVELOPE),
    done: ({ handover }) => expect(handover.carried.value).toHaveLength(1),
  },
  "the words at a door": {
    before: async ({ store, scripts }) => {
      const content = { sha256: "s", scam_type: "other", audience: "resident", language: "zh-hans" };
      await store.disk().write([{ put: "scripts", value: { sha256: "s", content } }]);
      await scripts.readScripts();
    },
    tap: async ({ steps, visitScript }) => {
      expect(await steps.talkOf("a")).toMatchObject({ at: -1 });
      expect(await visitScript.scriptOfVisit("a", "loan", "resident", "zh-hans")).toMatchObject({ sha256: "s" });
    },
    done: ({ scripts }) => expect(scripts.scripts.value).toHaveLength(1),
  },
};

let end: () => boolean = () => false;
afterEach(() => void end());

/** A new phone, with the sender at rest: its own failures have their own tests. */
async function ready({ before }: Act): Promise<On> {
  vi.stubGlobal("crypto", webcrypto);
  await newPhone();
  new FakeServer().fault = () => "offline";
  const opened = await openTab();
  const tab = { ...opened, ...(await rooms()) };
  await tab.pull.takeDocument(work(3, ["a"]));
  await settle(20);
  tab.store.otherSession.value = true;
  await before?.(tab);
  return tab;
}

const MOST = 14; // no tap asks more of the disk

/** Tap once while the n-th operation fails, and again where that came to nothing; returns whether it came to that. */
async function tappedWith(act: Act, nth: number, how: How): Promise<boolean> {
  const tab = await ready(act);
  end = failing(nth, how);
  const came = await act.tap(tab).then(
    () => true,
    () => false,
  );
  const cameToIt = end();
  if (!came) await act.tap(tab);
  await act.done(tab);
  expect([tab.store.fault.value, tab.store.draftFault.value]).toEqual([null, null]);
  return cameToIt;
}

describe.each(Object.entries(ACTS))("%s", (_name, act) => {
  it.each<How>(["refused", "aborted"])(
    "is done, or said and done at the next tap, with any operation %s",
    async (how) => {
      let nth = 1;
      while (await tappedWith(act, nth, how)) nth += 1;
      expect(nth).toBeGreaterThan(1);
      expect(nth).toBeLessThan(MOST);
    },
  );
});
