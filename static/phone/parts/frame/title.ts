// What stands on the browser's tab, and what a screen reader says first.
import { useEffect } from "preact/hooks";
import { t } from "../../../shared/words/core";

/** Name the page after what it shows; without a name, after the app; null where it is another's page. */
export function useTitle(page: string | null): void {
  const name = t("app.name");
  useEffect(() => {
    if (page !== null) document.title = page ? `${page} · ${name}` : name;
  }, [page, name]);
}
