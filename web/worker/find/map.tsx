import { useState } from "react";
import type { FoundPlace, MapTiles, NearStation } from "../../client/types";
import { far, offset, reachOf, type Spot, zoomed } from "./plane";
import type { From } from "./position";
import { TileLayer } from "./tile-layer";

interface MapProps {
  from: From;
  stations: NearStation[];
  districts: FoundPlace[];
  /** A licensed map to lay below; the page's own drawing without. */
  tiles?: MapTiles;
  /** The station that is looked at. */
  chosen?: string;
  choose: (id: string) => void;
}

/** Half the picture's side, in its own units. */
const HALF = 180;
/** How close two names may stand. */
const APART = 26;

/**
 * Stations around one, drawn by the page itself: it needs no network, no tiles and no licence. Directions and distances are
 * true; there are no streets on it, which it says. Where the house names a licensed map, its tiles lie below the same pins.
 */
export function OwnMap({ from, stations, districts, tiles, chosen, choose }: MapProps) {
  const farthest = stations[Math.min(stations.length, 8) - 1]?.metres ?? 2_000;
  const [reach, look] = useState(() => reachOf(farthest));
  const [plain, draw] = useState(false);
  const map = plain ? undefined : tiles;
  const place = (spot: Spot) => {
    const { x, y } = offset(from, spot);
    return { x: (x / reach) * HALF, y: (y / reach) * HALF };
  };
  const seen = ({ x, y }: { x: number; y: number }) => Math.abs(x) < HALF - 8 && Math.abs(y) < HALF - 8;
  const pins = stations.map((station, at) => ({ station, at, ...place(station.position) })).filter(seen);
  // A licensed map has its own names.
  const named = map ? [] : districts;
  const names = spread(named.map((district) => ({ district, ...place(district.position) })).filter(seen));
  const hidden = stations.length - pins.length;
  return (
    <figure className={map ? "own-map tiled" : "own-map"}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no set of fields */}
      <svg
        viewBox={`${-HALF} ${-HALF} ${2 * HALF} ${2 * HALF}`}
        role="group"
        aria-label={`${from.name}周边驿站${map ? "地图" : "示意图"}`}
      >
        {map && <TileLayer from={from} reach={reach} half={HALF} layers={map.tiles} failed={() => draw(true)} />}
        {[1 / 3, 2 / 3, 1].map((part) => (
          <g key={part}>
            <circle r={HALF * part - 1} className="ring" />
            <text y={HALF * part - 5} className="ring-name">
              {far(Math.round(reach * part))}
            </text>
          </g>
        ))}
        <path d={`M 0 ${-HALF} V ${HALF} M ${-HALF} 0 H ${HALF}`} className="ring" />
        <text x={HALF - 14} y={-HALF + 18} className="north">
          北↑
        </text>
        {names.map(({ district, x, y }) => (
          <text key={district.name} x={x} y={y} className="district">
            {district.name}
          </text>
        ))}
        <circle r="6" className="me" />
        {pins
          .slice()
          .reverse()
          .map(({ station, at, x, y }) => (
            // biome-ignore lint/a11y/useSemanticElements: a button can't stand in a drawing
            <g
              key={station.id}
              role="button"
              tabIndex={0}
              aria-label={`${at + 1}号：${station.name}，${far(station.metres)}，${station.now.text}`}
              aria-pressed={station.id === chosen}
              className={station.now.open ? "pin open" : "pin"}
              transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
              onClick={() => choose(station.id)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" && event.key !== " ") return;
                event.preventDefault();
                choose(station.id);
              }}
            >
              <circle r="20" className="reach" />
              <circle r="11" className="dot" />
              <text y="4">{at + 1}</text>
            </g>
          ))}
      </svg>
      <div className="own-map-zoom">
        <button
          type="button"
          className="plain"
          disabled={zoomed(reach, -1) === reach}
          onClick={() => look(zoomed(reach, -1))}
        >
          放大
        </button>
        <button
          type="button"
          className="plain"
          disabled={zoomed(reach, 1) === reach}
          onClick={() => look(zoomed(reach, 1))}
        >
          缩小
        </button>
      </div>
      <figcaption className="quiet small">
        {map ? `${map.notice}。` : "示意图：方位和距离按实际绘制，没有道路；"}绿色为开放中，号码与列表一致。
        {hidden > 0 && `另有 ${hidden} 个在图外，请缩小查看。`}
        {tiles && (
          <button type="button" className="link" onClick={() => draw(!plain)}>
            {plain ? "看地图" : "地图打不开？看示意图"}
          </button>
        )}
      </figcaption>
    </figure>
  );
}

/** Names that don't stand upon each other; those that come first stay. */
function spread<T extends { x: number; y: number }>(names: T[]): T[] {
  const kept: T[] = [];
  for (const name of names) {
    const free = kept.every(
      (other) => Math.abs(other.x - name.x) > 2 * APART || Math.abs(other.y - name.y) > APART / 2,
    );
    if (free) kept.push(name);
  }
  return kept;
}
