// A sheet from the bottom, for what is not the next step: the browser's own dialog, so focus and Escape are right.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import "./sheet.css";
import { t } from "../words/core";
import { Icon } from "./icon";
import { useOnce } from "./once";
import { asAct } from "./taps";

interface SheetProps {
  title: string;
  onClose: () => void;
  onBack?: () => void;
  tall?: boolean;
  children: ComponentChildren;
}

export function Sheet({ title, onClose, onBack, tall, children }: SheetProps) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useOnce(() => box.current?.showModal());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page of the sheet is painted anew
  useLayoutEffect(() => asAct(box.current), [title]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page of the sheet is read from its heading
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key for it is there, the dialog's own Escape
    <dialog
      class={tall ? "sheet sheet--tall" : "sheet"}
      ref={box}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === box.current) box.current?.close();
      }}
    >
      <div class="sheet__in">
        <div class="sheet__top">
          {onBack && (
            <button class="btn btn--icon" type="button" onClick={onBack} aria-label={t("back")}>
              <Icon name="back" />
            </button>
          )}
          <h2 class="grow" ref={heading} tabIndex={-1}>
            {title}
          </h2>
          <button class="btn btn--icon" type="button" onClick={() => box.current?.close()} aria-label={t("close")}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
