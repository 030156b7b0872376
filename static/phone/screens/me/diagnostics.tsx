// Numbers for whoever helps over the phone, behind a fold.
import { useState } from "preact/hooks";
import { size } from "../../../shared/words/format";
import { diagnose, type Diagnostics as Facts } from "../../data/device/diagnostics";
import { sayMe as say } from "./words";

export function Diagnostics() {
  const [facts, setFacts] = useState<Facts | null>(null);
  const opened = (event: Event): void => {
    if ((event.currentTarget as HTMLDetailsElement).open) void diagnose().then(setFacts);
  };
  return (
    <details onToggle={opened}>
      <summary class="fold">{say("diagnostics")}</summary>
      {facts && (
        <dl class="card facts-list">
          {rows(facts).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}

function rows(facts: Facts): [string, string][] {
  const { used, quota, persisted, offsetMs } = facts;
  const unknown = say("d.unknown");
  const worker = (["ready", "starting", "failed", "off"] as const).find((state) => state === facts.worker) ?? "off";
  return [
    [say("d.device"), facts.device],
    [say("d.build"), facts.build],
    [say("d.newest"), facts.newest ?? unknown],
    [say("d.seq"), String(facts.lastSeq)],
    [say("d.unsent"), String(facts.unsent)],
    [say("d.missing"), String(facts.missing)],
    [say("d.storage"), used === null || quota === null ? unknown : say("d.of", { a: size(used), b: size(quota) })],
    [say("d.persisted"), persisted === null ? unknown : say(persisted ? "d.yes" : "d.no")],
    [say("d.offset"), offsetMs === null ? unknown : say("d.ms", { n: offsetMs })],
    [say("d.epoch"), facts.epoch === null ? unknown : `${facts.epoch} · ${facts.version}`],
    [say("d.worker"), say(`w.${worker}`)],
  ];
}
