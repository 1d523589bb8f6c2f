import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import type { DivisionOutlines, FoundPlaces, MapTiles, NearStation } from "../../client/types";
import "../../shared/map/map.css";
import { ask } from "../ask";
import "../find/find.css";
import { Near } from "../find/near";
import { asksFor, type Opening, readOpening, writeOpening } from "../find/opening";
import { Place } from "../find/place";
import { type From, readFrom, writeFrom } from "../find/position";
import { useHere } from "../find/use-here";
import { useMap } from "../find/use-map";
import { Failed, Frame, Loading } from "../frame";

/** So many of the nearest are told, unless more are asked for. */
const USUAL = 20;
/** What riders ask for most; the others come when all are asked for. */
const FIRST = ["microwave", "drinking_water", "charger", "toilet", "bike_charger", "first_aid_box"];

/** Districts' names until they are there. */
const NONE: FoundPlaces["places"] = [];

/** The nearest stations: where from, what is wanted, a list or a map of them. Open to everyone. */
export default function FindPage() {
  const [search, set] = useSearchParams();
  const at = search.get("at");
  const from = useMemo(() => readFrom(at), [at]);
  const to = readFrom(search.get("to"));
  const wanted = search.get("has")?.split(",").filter(Boolean) ?? [];
  const opening = readOpening(search.get("open"));
  // While the phone looks for its place other things are chosen.
  const now = useRef(search);
  now.current = search;
  const change = (values: Record<string, string>) => {
    const next = new URLSearchParams(now.current);
    for (const [key, value] of Object.entries(values)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    set(next, { replace: true });
  };
  // Who asks for a station by its name sees it also while it is shut.
  const start = (next: From) => change({ at: writeFrom(next), ...(next.isStation && { open: writeOpening("any") }) });
  const places = useQuery({
    queryKey: ["places", ""],
    queryFn: ({ signal }) => ask<FoundPlaces>("/public/stations/places", {}, signal),
    staleTime: 600_000,
  });
  const toggle = (code: string) =>
    change({ has: (wanted.includes(code) ? wanted.filter((one) => one !== code) : [...wanted, code]).join(",") });
  return (
    <Frame title="找工会驿站">
      <Where from={from} go={start} named={search.get("named") ?? ""} />
      <Wanted
        items={places.data?.items ?? []}
        wanted={wanted}
        toggle={toggle}
        opening={opening}
        setOpening={(now) => change({ open: writeOpening(now) })}
      />
      {from && <Whither to={to} go={(next) => change({ to: next ? writeFrom(next) : "" })} />}
      {from && (
        <Found
          key={writeFrom(from)}
          from={from}
          to={to}
          wanted={wanted}
          opening={opening}
          districts={places.data?.places ?? NONE}
          tiles={places.data?.map ?? undefined}
        />
      )}
    </Frame>
  );
}

/** From where: the phone's own place, or one by its name. */
function Where({ from, go, named }: { from?: From; go: (from: From) => void; named: string }) {
  const told = useRef<HTMLParagraphElement>(null);
  const { busy, wrong, here, there } = useHere(go);
  const placed = from && writeFrom(from);
  const before = useRef(placed);
  // The place that was pressed in the list is gone from there: whoever uses keys or listens goes on at where he looks from.
  useEffect(() => {
    if (placed !== before.current) told.current?.focus();
    before.current = placed;
  }, [placed]);
  return (
    <section aria-label="从哪里找">
      {from && (
        <p ref={told} tabIndex={-1}>
          从<b>“{from.name}”</b>找起
        </p>
      )}
      <button type="button" className={from ? "plain wide" : "main"} disabled={busy} onClick={here}>
        {busy ? "正在定位…" : from ? "用我现在的位置" : "找我附近的驿站"}
      </button>
      {!from && <p className="quiet small">不用登录。位置只用于这次查找，不保存。</p>}
      {wrong && (
        <p className="note bad" role="alert">
          {wrong}
        </p>
      )}
      <Place go={there} offer={!from} named={named} />
    </section>
  );
}

/** Whither one goes, for stations on the way. */
function Whither({ to, go }: { to?: From; go: (to?: From) => void }) {
  if (to)
    return (
      <p>
        只找去<b>“{to.name}”</b>的路上，绕行不超过1公里的{" "}
        <button type="button" className="link" onClick={() => go(undefined)}>
          不限路线
        </button>
      </p>
    );
  return (
    <details>
      <summary>顺路找：我要去…</summary>
      <Place go={go} offer={false} named="" label="要去的地方" />
    </details>
  );
}

interface WantedProps {
  items: FoundPlaces["items"];
  wanted: string[];
  toggle: (code: string) => void;
  opening: Opening;
  setOpening: (opening: Opening) => void;
}

/** What it must have. */
function Wanted({ items, wanted, toggle, opening, setOpening }: WantedProps) {
  const [all, show] = useState(false);
  const first = items.filter((item) => FIRST.includes(item.code) || wanted.includes(item.code));
  const shown = all ? items : first;
  return (
    <fieldset className="chips">
      <legend>要有什么</legend>
      <label className="chip">
        <input
          type="checkbox"
          checked={opening !== "any"}
          onChange={(event) => setOpening(event.target.checked ? "now" : "any")}
        />
        <span className="chip-face">现在开放</span>
      </label>
      <label className="chip">
        <input
          type="checkbox"
          checked={opening === "stays"}
          onChange={(event) => setOpening(event.target.checked ? "stays" : "now")}
        />
        <span className="chip-face">半小时内不关门</span>
      </label>
      {shown.map((item) => (
        <label className="chip" key={item.code}>
          <input type="checkbox" checked={wanted.includes(item.code)} onChange={() => toggle(item.code)} />
          <span className="chip-face">{item.label}</span>
        </label>
      ))}
      {!all && items.length > first.length && (
        <button type="button" className="link" onClick={() => show(true)}>
          更多…
        </button>
      )}
    </fieldset>
  );
}

interface FoundProps {
  from: From;
  to?: From;
  wanted: string[];
  opening: Opening;
  districts: FoundPlaces["places"];
  tiles?: MapTiles;
}

/** The stations that were found. */
function Found({ from, to, wanted, opening, districts, tiles }: FoundProps) {
  const { wanted: drawn, StationMap, why, open: draw, close, fail } = useMap();
  const [chosen, choose] = useState<string>();
  const { longitude, latitude } = from;
  const sought = {
    longitude,
    latitude,
    to_longitude: to?.longitude,
    to_latitude: to?.latitude,
    items: wanted.join(",") || undefined,
    ...asksFor(opening),
  };
  const asked = useQuery({
    queryKey: ["nearest", sought],
    queryFn: ({ signal }) => ask<NearStation[]>("/public/stations/nearest", sought, signal),
    // Stations open and close, and one walks.
    refetchInterval: 60_000,
    placeholderData: (before) => before,
  });
  const outlines = useQuery({
    queryKey: ["outlines"],
    queryFn: ({ signal }) => ask<DivisionOutlines>("/public/stations/outlines", {}, signal),
    enabled: drawn,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (asked.isPending) return <Loading />;
  if (!asked.data) return <Failed error={asked.error} again={() => asked.refetch()} />;
  const stations = asked.data;
  // What was looked at may be none of those that are wanted now.
  const seen = stations.find((station) => station.id === chosen) ?? stations[0];
  const shown = StationMap && seen ? [seen] : stations;
  return (
    <section aria-label="附近的驿站" aria-busy={asked.isFetching}>
      {asked.isError && <Failed error={asked.error} again={() => asked.refetch()} />}
      <p className="quiet" role="status">
        {stations.length === 0
          ? `${to ? "路上" : "100公里内"}没有符合条件的驿站。可以少选几项、取消“现在开放”，或按地名换个地方找。`
          : `由近到远 ${stations.length} 个${stations.length < USUAL ? "" : "，更远的没有列出"}`}
      </p>
      {stations.length > 0 && (
        <div className="switch">
          <button type="button" className="plain" aria-pressed={!drawn} onClick={close}>
            列表
          </button>
          <button type="button" className="plain" aria-pressed={drawn} onClick={draw}>
            地图
          </button>
        </div>
      )}
      {why && (
        <p className="note" role="alert">
          {why}
        </p>
      )}
      {drawn && !StationMap && <p role="status">正在打开地图…</p>}
      {StationMap && stations.length > 0 && (
        <StationMap
          from={from}
          stations={stations}
          districts={districts}
          tiles={tiles}
          outlines={outlines.data}
          chosen={seen?.id}
          choose={choose}
          failed={fail}
        />
      )}
      {shown.map((station) => (
        <Near key={station.id} station={station} at={stations.indexOf(station)} wanted={wanted} />
      ))}
    </section>
  );
}
