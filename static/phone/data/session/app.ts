// What the server says about itself: its build, its map, whether it is under maintenance.
import { ask, NetError } from "../../../shared/server/net";
import { appInfo, disk, isOpen, maintenanceUntil } from "../disk/store";
import type { Op } from "../disk/tables";

/** Ask the server about itself; its last answer is used where it can't be reached. */
export async function readAppInfo(): Promise<void> {
  try {
    const { data } = await ask("/api/v1/app");
    appInfo.value = data;
    maintenanceUntil.value = data.maintenance_until ? Date.parse(data.maintenance_until) : null;
    const keep: Op[] = [{ put: "meta", key: "app", value: data }];
    if (isOpen()) await disk().write(keep);
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
  }
}
