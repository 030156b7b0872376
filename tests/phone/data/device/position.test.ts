// Where the phone is: asked for while it is needed, and not at every change of the worklist where it is denied.
import { beforeEach, describe, expect, it, vi } from "vitest";
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

describe("a position whose own time can't be", () => {
  const NOW = Date.UTC(2026, 10, 20, 6, 5);
  beforeEach(() => {
    vi.stubGlobal("WebSocket", { OPEN: 1 });
  }); // no line: only what would be said is looked at
  const gives = (more: Record<string, unknown>, coords: Record<string, unknown> = {}): void => {
    onDutyWith(1);
    const took = watchPosition.mock.calls[0]?.[0] as (position: unknown) => void;
    took({ coords: { latitude: 33.46, longitude: 114.87, accuracy: 12, ...coords }, timestamp: NOW, ...more });
  };
  const sent = (): unknown => tab.store.fix.value && position.forWire(tab.store.fix.value);
  const HERE = { lat: 33.46, lon: 114.87, accuracy_m: 12, age_s: 0 };

  it.each([
    ["1024 weeks ago", NOW - 1024 * 7 * 86_400_000],
    ["in seconds", NOW / 1000],
    ["in microseconds", NOW * 1000],
    ["counted from 2001", NOW - 978_307_200_000],
    ["counted from 1980", NOW - 315_964_800_000],
    ["of the next 1024 weeks", NOW + 1024 * 7 * 86_400_000],
    ["that is no number", NaN],
    ["missing", undefined],
  ])("is just received: %s", (_name, timestamp) => {
    gives({ timestamp });
    expect(sent()).toEqual(HERE);
  });

  it("an honest age stays", () => {
    gives({ timestamp: NOW - 90_000 });
    expect(sent()).toEqual({ ...HERE, age_s: 90 });
  });

  it("the phone's clock is set while it is held: it is old, and the server still takes it", () => {
    gives({});
    vi.setSystemTime(NOW + 1024 * 7 * 86_400_000);
    expect(sent()).toEqual({ ...HERE, age_s: 31_536_000 });
  });

  it.each([
    { latitude: NaN },
    { latitude: 91 },
    { longitude: 540 },
    { longitude: null as unknown as number, latitude: undefined },
  ])("no place at all is not kept: %j", (coords) => {
    gives({}, coords);
    expect(tab.store.fix.value).toBeNull();
  });

  it.each([[NaN], [-1], [Infinity]])("an accuracy of %d is the coarsest", (accuracy) => {
    gives({}, { accuracy });
    expect(sent()).toEqual({ ...HERE, accuracy_m: 1_000_000 });
  });
});
