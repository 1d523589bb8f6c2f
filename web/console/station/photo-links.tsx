import { address } from "../../client/http";
import type { StationPhoto } from "../../client/types";
import { useMay } from "../session";

/** Photos by their captions, to be fetched by whoever may. */
export function PhotoLinks({ photos }: { photos: StationPhoto[] }) {
  const may = useMay()("attachments.view");
  return photos.map((photo, place) => {
    const caption = photo.caption || `照片${place + 1}`;
    return (
      <div key={photo.attachment_id}>
        {may ? (
          <a href={address(`/attachments/${photo.attachment_id}`)} download>
            {caption}
          </a>
        ) : (
          caption
        )}
      </div>
    );
  });
}
