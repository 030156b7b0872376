// Where the phone is: asked for while it is needed, and not at every change of the worklist where it is denied.
import { beforeEach, expect, it, vi } from "vitest";
import { work } from "../../support/made";
import { page, settle } from "../../support/setup";
import { newPhone, openTab, type Tab } from "../../support/tab";

const watchPosition =
  vi.fn<(_: unknown, failed: (error: { code: number; PERMISSION_DENIED: number }) => void) => number>();
let tab: Tab;
let position: typeof import("../../../../static/phone/data/device/position");

beforeEach(async () => {
  await newPhone();
  tab = await openTab();
  watchPosition.mockReset().mockReturnValue(1);
  vi.stubGlobal("navigator", { geolocation: { watchPosition, clearWatch: vi.fn(), getCurrentPosition: vi.fn() } });
  position = await import("../../../../static/phone/data/device/position");
  position.watchWhenNeeded();
});

function onDutyWith(version: number): void {
  tab.store.duty.value = { on_duty: true, until: null };
  tab.store.work.value = work(version, ["a"]);
}

it("a denied position is asked for once, whatever changes, and again when one comes back from the settings", async () => {
  onDutyWith(1);
  watchPosition.mock.calls[0]?.[1]({ code: 1, PERMISSION_DENIED: 1 });
  onDutyWith(2);
  await settle();
  expect(watchPosition).toHaveBeenCalledTimes(1);
  expect(position.positionState.value).toBe("denied");
  page.visibilityState = "visible";
  document.dispatchEvent(new Event("visibilitychange"));
  expect(watchPosition).toHaveBeenCalledTimes(2);
  expect(position.positionState.value).toBe("denied");
});

it("off duty nobody is looked for", () => {
  onDutyWith(1);
  tab.store.duty.value = { on_duty: false, until: null };
  expect(navigator.geolocation.clearWatch).toHaveBeenCalledOnce();
});
