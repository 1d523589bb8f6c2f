import { type ChangeEvent, useId, useRef, useState } from "react";
import { Problem } from "../../client/http";
import type { StationPhoto, StoredFile } from "../../client/types";
import { upload } from "../../client/upload";
import { Said } from "../field";
import { toSend } from "../picture";

interface PhotosProps {
  station: string;
  label: string;
  /** How many are wanted, in words. */
  hint: string;
  photos: StationPhoto[];
  change: (photos: StationPhoto[]) => void;
  /** Told while one is on its way: what is handed in meanwhile would lack it. */
  busy: (sending: boolean) => void;
  wrong?: string;
}

/** So many prove one thing. */
const MOST = 6;
/** How long nothing of one may arrive before it is given up, in milliseconds. */
const PATIENCE = 30_000;

/** A name that none of them has: one in their midst may have been put out. */
function named(photos: StationPhoto[]): string {
  const names = Array.from({ length: MOST }, (_, at) => `照片${at + 1}`);
  return names.find((name) => photos.every((photo) => photo.caption !== name)) ?? "照片";
}

/** Photos taken on the spot or out of the album; each is sent at once. */
export function Photos({ station, label, hint, photos, change, busy, wrong }: PhotosProps) {
  const id = useId();
  const [sending, send] = useState<number>();
  const [trouble, tell] = useState<string>();
  // While one is sent another may be put out, or all handed in.
  const now = useRef(photos);
  now.current = photos;
  const add = async (event: ChangeEvent<HTMLInputElement>) => {
    const picked = [...(event.target.files ?? [])].slice(0, MOST - photos.length);
    event.target.value = "";
    tell(undefined);
    busy(true);
    for (const file of picked) {
      send(0);
      try {
        const form = new FormData();
        form.set("file", await toSend(file), file.name);
        const stored = await upload<StoredFile>(`/me/stations/${station}/photos`, form, {
          progress: send,
          patience: PATIENCE,
        });
        change([...now.current, { attachment_id: stored.id, caption: named(now.current) }]);
      } catch (error) {
        tell(error instanceof Problem ? error.message : "照片没有传完，请重新选择。");
        break;
      }
    }
    send(undefined);
    busy(false);
  };
  const drop = (gone: StationPhoto) => change(photos.filter((other) => other !== gone));
  return (
    <div className="field">
      <p>
        <b>{label}</b>
        <span className="quiet">　{hint}</span>
      </p>
      {photos.map((photo) => (
        <p key={photo.attachment_id}>
          {photo.caption} 已上传{" "}
          <button type="button" className="link" aria-label={`删去${photo.caption}`} onClick={() => drop(photo)}>
            删去
          </button>
        </p>
      ))}
      {photos.length < MOST && (
        <span className="pick">
          <label className="plain wide" htmlFor={id}>
            {sending === undefined ? "拍照或选照片" : `正在上传 ${Math.round(sending * 100)}%`}
          </label>
          <input
            id={id}
            type="file"
            accept="image/jpeg,image/png"
            multiple
            className="unseen"
            disabled={sending !== undefined}
            aria-describedby={`${id}-said`}
            onChange={add}
          />
        </span>
      )}
      <Said id={`${id}-said`} wrong={trouble ?? wrong} />
    </div>
  );
}
