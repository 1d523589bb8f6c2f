import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { address } from "../../client/http";
import type { NearStation, StationPhoto } from "../../client/types";
import { day } from "../../shared/words";
import { ask } from "../ask";
import { Loading } from "../frame";

/** When a station is open, also on days that differ, the way there, and how the house looks; its pictures are asked for when
 * somebody opens it. */
export function Sheet({ station }: { station: NearStation }) {
  const [open, show] = useState(false);
  return (
    <details onToggle={(event) => show(event.currentTarget.open)}>
      <summary>怎么去、开放时间、照片</summary>
      <p className="quiet small">{station.hours_text}</p>
      {station.exceptions.map((one) => (
        <p className="small" key={one.day}>
          {day(one.day)}：{one.text}
        </p>
      ))}
      <div className="ways">
        <Way to={station.maps.amap} name="高德地图" />
        <Way to={station.maps.baidu} name="百度地图" />
        <Way to={station.maps.tencent} name="腾讯地图" />
        <a className="plain" href={station.maps.geo}>
          手机地图
        </a>
        {station.service_line && (
          <a className="plain" href={`tel:${station.service_line}`}>
            拨打电话
          </a>
        )}
      </div>
      {open && <Photos station={station.id} />}
    </details>
  );
}

function Photos({ station }: { station: string }) {
  const path = `/public/stations/${station}/photos`;
  const asked = useQuery({
    queryKey: ["station-photos", station],
    queryFn: ({ signal }) => ask<StationPhoto[]>(path, {}, signal),
    staleTime: 600_000,
  });
  if (asked.isError) return <p className="note">暂时看不到照片，请稍后再试。</p>;
  if (!asked.data) return <Loading />;
  if (asked.data.length === 0) return <p className="note">还没有照片。</p>;
  return asked.data.map((photo) => (
    <figure className="photo" key={photo.attachment_id}>
      <img src={address(`${path}/${photo.attachment_id}`)} alt={photo.caption || "驿站照片"} loading="lazy" />
      {photo.caption && <figcaption className="quiet small">{photo.caption}</figcaption>}
    </figure>
  ));
}

function Way({ to, name }: { to: string; name: string }) {
  return (
    <a className="plain" href={to} target="_blank" rel="noreferrer noopener">
      {name}
    </a>
  );
}
