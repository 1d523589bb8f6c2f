import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PublicRatings } from "../../client/types";
import { day } from "../../shared/words";
import { ask } from "../ask";
import { Loading } from "../frame";

/** What others say of a station; asked for when somebody opens it. */
export function Comments({ station }: { station: string }) {
  const [open, show] = useState(false);
  const asked = useQuery({
    queryKey: ["ratings", station],
    queryFn: ({ signal }) => ask<PublicRatings>(`/public/stations/${station}/ratings`, {}, signal),
    enabled: open,
  });
  return (
    <details onToggle={(event) => show(event.currentTarget.open)}>
      <summary>大家怎么说</summary>
      {open && asked.isPending && <Loading />}
      {asked.isError && <p className="note">暂时看不到评价，请稍后再试。</p>}
      {asked.data && (
        <>
          <p>
            {asked.data.average ? (
              <>
                <b>{asked.data.average}</b>，{asked.data.number} 条评价
              </>
            ) : (
              "还没有人评价。"
            )}
          </p>
          {asked.data.comments.map((one) => (
            <p key={one.id}>
              {one.points} 分：{one.said}
              <span className="quiet small">　{day(one.said_at)}</span>
              {one.reply && <span className="quiet">　站长回复：{one.reply}</span>}
            </p>
          ))}
        </>
      )}
    </details>
  );
}
