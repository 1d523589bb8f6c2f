import { App, Button, Input, Upload } from "antd";
import { useRef, useState } from "react";
import { address, Problem } from "../../client/http";
import type { StationPhoto, StationView, StoredFile } from "../../client/types";
import { upload } from "../../client/upload";

interface PhotosProps {
  id?: string;
  value?: StationPhoto[];
  onChange?: (photos: StationPhoto[]) => void;
  /** Whose they are. */
  organisation: string;
  /** The station that shows some of them. */
  station?: StationView;
  /** How many there may be. */
  most?: number;
}

/** Where a picture lies that a station shows. Fetching it leaves no trace, as fetching what is handed in elsewhere does. */
export const pictureOf = (station: string, { attachment_id }: StationPhoto) =>
  address(`/stations/${station}/picture`, { attachment: attachment_id });

/** What a file's name says of a picture that workers see: nothing where a camera or a messenger gave it. */
export const captionOf = (name: string) => {
  const plain = name.replace(/\.[^.]*$/, "").slice(0, 60);
  return /\p{Script=Han}/u.test(plain) && !/\d{4}/.test(plain) ? plain : "";
};

/** Pictures of a station: handed in, named, put out again. */
export function Photos({ id, value = [], onChange, organisation, station, most = 12 }: PhotosProps) {
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  // While one is sent others are named or put out.
  const now = useRef(value);
  now.current = value;
  const add = async (file: File) => {
    const body = new FormData();
    body.set("organisation_id", organisation);
    body.set("file", file);
    setBusy(true);
    try {
      const stored = await upload<StoredFile>("/attachments", body);
      onChange?.([...now.current, { attachment_id: stored.id, caption: captionOf(file.name) }]);
    } catch (error) {
      message.error(error instanceof Problem ? error.message : "照片没有传完，请重新上传。");
    } finally {
      setBusy(false);
    }
  };
  const lies = (photo: StationPhoto) =>
    station?.photos?.some((shown) => shown.attachment_id === photo.attachment_id)
      ? pictureOf(station.id, photo)
      : address(`/attachments/${photo.attachment_id}`);
  return (
    <div id={id} className="photos">
      {value.map((photo, place) => (
        <figure key={photo.attachment_id}>
          <img src={lies(photo)} alt={photo.caption || "驿站照片"} />
          <Input
            aria-label="照片说明"
            placeholder="照片说明，如：门口"
            maxLength={60}
            value={photo.caption}
            onChange={(event) =>
              onChange?.(value.map((one, at) => (at === place ? { ...photo, caption: event.target.value } : one)))
            }
          />
          <Button size="small" onClick={() => onChange?.(value.filter((other) => other !== photo))}>
            删去
          </Button>
        </figure>
      ))}
      {value.length < most && (
        <Upload
          accept=".jpg,.jpeg,.png"
          showUploadList={false}
          beforeUpload={(file) => {
            add(file);
            return false;
          }}
        >
          <Button loading={busy} disabled={organisation === ""}>
            上传照片
          </Button>
        </Upload>
      )}
    </div>
  );
}
