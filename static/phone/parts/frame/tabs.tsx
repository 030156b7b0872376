// The four places of the app, at the bottom where the thumb is.
import { Icon, type IconName } from "../../../shared/parts/icon";
import { word } from "../../words/app";

export type Tab = "work" | "scripts" | "card" | "me";

const TABS: readonly { tab: Tab; href: string; icon: IconName }[] = [
  { tab: "work", href: "/", icon: "list" },
  { tab: "scripts", href: "/app/scripts", icon: "speech" },
  { tab: "card", href: "/app/card", icon: "card" },
  { tab: "me", href: "/app/me", icon: "person" },
];

export function Tabs({ current }: { current: Tab }) {
  return (
    <nav class="tabs" aria-label={word("tabs")}>
      {TABS.map(({ tab, href, icon }) => (
        <a key={tab} href={href} aria-current={tab === current ? "page" : undefined}>
          <Icon name={icon} size="l" />
          {word(`tab.${tab}`)}
        </a>
      ))}
    </nav>
  );
}
