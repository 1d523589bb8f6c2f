import { Link } from "react-router";
import type { NearItem, NearStation } from "../../client/types";
import { far, walk } from "../../shared/map/distance";
import { doubt } from "../../shared/stations";
import { day } from "../../shared/words";
import { Comments } from "./comments";
import { Report } from "./report";
import { Sheet } from "./sheet";

/** How crowded it is, in words. */
const CROWDS = { calm: "人不多", seats: "还有空位", full: "快坐满了" };

/** A station as one reads it in the street: is it open, how far, what has it, the way there. */
export function Near({ station, at, wanted }: { station: NearStation; at: number; wanted: string[] }) {
  const broken = station.items.filter((item) => !item.works);
  const first = (one: NearItem, other: NearItem) =>
    Number(wanted.includes(other.code)) - Number(wanted.includes(one.code));
  const way = [
    walk(station.metres, station.walking_minutes),
    typeof station.detour_metres === "number" && `顺路，绕行约${far(station.detour_metres)}`,
  ].filter(Boolean);
  const working = station.items.filter((item) => item.works).sort(first);
  return (
    <article className="box near" aria-labelledby={`near-${station.id}`}>
      <h2 id={`near-${station.id}`}>
        <span className="near-at" aria-hidden="true">
          {at + 1}
        </span>
        {station.name}
      </h2>
      <p>
        {station.star && <span className="near-star">{`${"一二三四五"[station.star - 1]}星驿站`}</span>}
        <b className={station.now.open ? "open" : "shut"}>{station.now.text}</b>
        {station.crowd && ` · ${CROWDS[station.crowd]}`}
        {station.access === "members" && " · 仅工会会员使用"}
      </p>
      {station.smoke && <p className="shut">站内有烟雾报警，请先不要前往。</p>}
      {station.now.open && !station.now.staffed && (
        <p>
          <Link to="/pass">无人值守：出示到站码开门</Link>
          {station.door_in_doubt && <span className="shut"> · 门锁失联或有故障，可能打不开</span>}
        </p>
      )}
      {station.will_pause && <p className="shut">{station.will_pause}</p>}
      {way.length > 0 && <p className="figure">{way.join(" · ")}</p>}
      <p className="quiet">
        {station.address}
        {station.host && `（${station.host}）`}
      </p>
      {working.length > 0 && (
        <ul className="has" aria-label="设施与服务">
          {working.map((item) => (
            <li key={item.code} className={wanted.includes(item.code) ? "wanted" : undefined}>
              {item.label}
              {doubt(item) && (
                <em>
                  {doubt(item)}，最近确认{day(item.seen_on)}
                </em>
              )}
            </li>
          ))}
        </ul>
      )}
      {typeof station.first_aid_complete === "boolean" && (
        <p className={station.first_aid_complete ? "quiet small" : "shut small"}>
          急救箱：{station.first_aid_complete ? "药品齐全，都在有效期内" : "有药品不足或过期"}
        </p>
      )}
      {broken.length > 0 && <p className="shut small">暂时不能用：{broken.map((item) => item.label).join("、")}</p>}
      <Sheet station={station} />
      <Comments station={station.id} />
      <Report station={station} />
    </article>
  );
}
