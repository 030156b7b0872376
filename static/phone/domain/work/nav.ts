// Links into the officer's own map app, each with the point in the datum that the app reads.
import { type Datum, type Point, toDatum } from "../../../shared/lib/geo";

export const NAV_APPS = ["amap", "baidu", "tencent", "apple", "google", "geo"] as const;
export type NavApp = (typeof NAV_APPS)[number];
export type Platform = "android" | "ios" | "other";

/** What each app takes a pair of degrees to mean. Apple's map of China is drawn by AMap, in GCJ-02. */
const DATUMS: Record<NavApp, Datum> = {
  amap: "gcj02",
  baidu: "bd09",
  tencent: "gcj02",
  apple: "gcj02",
  google: "wgs84",
  geo: "wgs84",
};

/** Which kind of phone this is, from what its browser says of itself. */
export function platformOf(agent: string, touchPoints = 0): Platform {
  if (/Android|HarmonyOS|OpenHarmony/i.test(agent)) return "android";
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1)) return "ios";
  return "other";
}

/** The apps worth offering on a kind of phone, the one chosen last first. */
export function navApps(platform: Platform, last: NavApp | null): NavApp[] {
  const offered = NAV_APPS.filter((app) => {
    if (app === "apple") return platform !== "android";
    return app !== "geo" || platform === "android";
  });
  return last && offered.includes(last) ? [last, ...offered.filter((app) => app !== last)] : offered;
}

/** The address that leads to `to` (WGS-84). `name` is a village, never a person: it leaves this app. */
export function navLink(app: NavApp, platform: Platform, to: Point, name: string): string {
  const point = toDatum(to, DATUMS[app]);
  const lat = point.lat.toFixed(6);
  const lon = point.lon.toFixed(6);
  const called = encodeURIComponent(name);
  if (app === "amap") return amap(platform, lat, lon, called);
  if (app === "baidu") return baidu(platform, lat, lon, called);
  if (app === "tencent") return tencent(platform, lat, lon, called);
  if (app === "apple") return `https://maps.apple.com/?daddr=${lat},${lon}`;
  if (app === "google") return `https://www.google.com/maps/dir/?api=1&destination=${lat}%2C${lon}`;
  return `geo:${lat},${lon}?q=${lat},${lon}(${called})`;
}

function amap(platform: Platform, lat: string, lon: string, name: string): string {
  const rest = `sourceApplication=doorstep&dlat=${lat}&dlon=${lon}&dname=${name}&dev=0&t=0`;
  if (platform === "android") return `androidamap://route?${rest}`;
  if (platform === "ios") return `iosamap://path?${rest}`;
  return `https://uri.amap.com/navigation?to=${lon},${lat},${name}&mode=car&coordinate=gaode&callnative=1`;
}

function baidu(platform: Platform, lat: string, lon: string, name: string): string {
  if (platform === "other") {
    return `https://api.map.baidu.com/marker?location=${lat},${lon}&title=${name}&content=${name}&output=html&coord_type=bd09ll&src=doorstep`;
  }
  const to = encodeURIComponent(`latlng:${lat},${lon}|name:`) + name;
  return `baidumap://map/direction?destination=${to}&coord_type=bd09ll&mode=driving&src=doorstep`;
}

function tencent(platform: Platform, lat: string, lon: string, name: string): string {
  const rest = `type=drive&to=${name}&tocoord=${lat},${lon}&referer=doorstep`;
  return platform === "other" ? `https://apis.map.qq.com/uri/v1/routeplan?${rest}` : `qqmap://map/routeplan?${rest}`;
}

/** Whether a link stays in the browser and so should get a tab of its own. */
export function isWeb(link: string): boolean {
  return link.startsWith("https:");
}
