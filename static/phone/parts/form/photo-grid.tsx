// Photos of a form: taken or chosen, made small, shown as thumbnails, taken away again.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { size } from "../../../shared/words/format";
import { photos as kept } from "../../data/disk/store";
import type { Photo } from "../../data/disk/tables";
import { dropPhoto } from "../../data/outbox/acts";
import { isCut, PhotoError, type PhotoFault, takePhoto } from "../../data/outbox/photos";
import { say } from "../../words/record";
import { buzz } from "../frame/haptics";

/** The address of a blob for as long as it is shown. */
export function useBlobAddress(blob: Blob | null): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!blob) return undefined;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}

interface PhotoGridProps {
  assignment: string;
  ids: readonly string[];
  most: number;
  add: (id: string) => void;
  remove: (id: string) => void;
  children?: ComponentChildren; // a tile beside them
}

export function PhotoGrid({ assignment, ids, most, add, remove, children }: PhotoGridProps) {
  const [busy, setBusy] = useState(0);
  const [fault, setFault] = useState<PhotoFault | null>(null);
  const room = most - ids.length - busy;
  const shown = ids.flatMap((id) => kept.value.find((photo) => photo.uuid === id) ?? []);

  const take = async (files: readonly File[]): Promise<void> => {
    setFault(null);
    for (const file of files.slice(0, room)) {
      setBusy((count) => count + 1);
      try {
        add((await takePhoto(file, assignment)).uuid);
        if (await isCut(file)) setFault("cut"); // what there is of it is kept: it may be the only copy
      } catch (error) {
        if (!(error instanceof PhotoError)) throw error;
        setFault(error.why);
        buzz();
      } finally {
        setBusy((count) => count - 1);
      }
    }
  };
  const drop = (id: string): void => {
    dropPhoto(id).then(() => remove(id), buzz);
  };
  return (
    <>
      <div class="photos">
        {shown.map((photo, place) => (
          <Thumbnail key={photo.uuid} photo={photo} n={place + 1} drop={() => drop(photo.uuid)} />
        ))}
        {room > 0 && <Take camera take={take} />}
        {room > 0 && <Take take={take} />}
        {children}
      </div>
      <p class="hint photos__said" role="status">
        {busy > 0 && say("photo.busy")}
        {busy === 0 && room <= 0 && say("photo.most", { n: most })}
      </p>
      {fault && (
        <p class="ask" role="alert">
          {say(`photo.${fault}`)}
        </p>
      )}
    </>
  );
}

/** A picker that looks like a tile; the camera directly, or the album with several at once. */
function Take({ camera, take }: { camera?: boolean; take: (files: readonly File[]) => Promise<void> }) {
  const chosen = (event: { currentTarget: HTMLInputElement }): void => {
    const files = Array.from(event.currentTarget.files ?? []);
    event.currentTarget.value = ""; // the same picture may be chosen again
    void take(files);
  };
  return (
    <label class="take">
      <input
        class="vh"
        type="file"
        accept="image/*"
        multiple={!camera}
        {...(camera ? { capture: "environment" as const } : {})}
        onChange={chosen}
      />
      <Icon name={camera ? "cam" : "img"} />
      {say(camera ? "camera" : "album")}
    </label>
  );
}

function Thumbnail({ photo, n, drop }: { photo: Photo; n: number; drop: () => void }) {
  const address = useBlobAddress(photo.blob);
  return (
    <figure class="thumb">
      <img src={address} alt={say("photo.n", { n, t: size(photo.bytes) })} />
      <button class="thumb__drop" type="button" aria-label={say("photo.remove", { n })} onClick={drop}>
        <Icon name="close" />
      </button>
    </figure>
  );
}
