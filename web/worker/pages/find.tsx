import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import type { DivisionOutlines, FoundPlaces, MapTiles, NearStation } from "../../client/types";
import { ask } from "../ask";
import "../find/find.css";
import "../find/map.css";
import { Near } from "../find/near";
import { Place } from "../find/place";
import { type From, readFrom, whereAmI, writeFrom } from "../find/position";
import { useMap } from "../find/use-map";
import { Failed, Frame, Loading } from "../frame";

/** What riders ask for most; the others come when all are asked for. */
const FIRST = ["microwave", "drinking_water", "charger", "toilet", "bike_charger", "first_aid_box"];

/** Districts' names until they are there. */
const NONE: FoundPlaces["places"] = [];

/** The nearest stations: where from, what is wanted, a list or a map of them. Open to everyone. */
export default function FindPage() {
  const [search, set] = useSearchParams();
  const at = search.get("at");
  const from = useMemo(() => readFrom(at), [at]);
  const wanted = search.get("has")?.split(",").filter(Boolean) ?? [];
  const open = search.get("open") !== "no";
  const change = (key: string, value: string) => {
    const next = new URLSearchParams(search);
    if (value) next.set(key, value);
    else next.delete(key);
    set(next, { replace: true });
  };
  const places = useQuery({
    queryKey: ["places", ""],
    queryFn: ({ signal }) => ask<FoundPlaces>("/public/stations/places", {}, signal),
    staleTime: 600_000,
  });
  const toggle = (code: string) =>
    change("has", (wanted.includes(code) ? wanted.filter((one) => one !== code) : [...wanted, code]).join(","));
  return (
    <Frame title="找工会驿站">
      <Where from={from} go={(next) => change("at", writeFrom(next))} named={search.get("named") ?? ""} />
      <Wanted
        items={places.data?.items ?? []}
        wanted={wanted}
        toggle={toggle}
        open={open}
        setOpen={(now) => change("open", now ? "" : "no")}
      />
      {from && (
        <Found
          key={writeFrom(from)}
          from={from}
          wanted={wanted}
          open={open}
          districts={places.data?.places ?? NONE}
          tiles={places.data?.map ?? undefined}
        />
      )}
    </Frame>
  );
}

/** From where: the phone's own place, or one by its name. */
function Where({ from, go, named }: { from?: From; go: (from: From) => void; named: string }) {
  const [busy, look] = useState(false);
  const [wrong, tell] = useState<string>();
  const here = async () => {
    look(true);
    tell(undefined);
    await whereAmI().then(go, (error: Error) => tell(error.message));
    look(false);
  };
  return (
    <section aria-label="从哪里找">
      {from && (
        <p>
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
      <Place go={go} offer={!from} named={named} />
    </section>
  );
}

interface WantedProps {
  items: FoundPlaces["items"];
  wanted: string[];
  toggle: (code: string) => void;
  open: boolean;
  setOpen: (open: boolean) => void;
}

/** What it must have. */
function Wanted({ items, wanted, toggle, open, setOpen }: WantedProps) {
  const [all, show] = useState(false);
  const first = items.filter((item) => FIRST.includes(item.code) || wanted.includes(item.code));
  const shown = all ? items : first;
  return (
    <fieldset className="chips">
      <legend>要有什么</legend>
      <label className="chip">
        <input type="checkbox" checked={open} onChange={(event) => setOpen(event.target.checked)} />
        <span className="chip-face">现在开放</span>
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
  wanted: string[];
  open: boolean;
  districts: FoundPlaces["places"];
  tiles?: MapTiles;
}

/** The stations that were found. */
function Found({ from, wanted, open, districts, tiles }: FoundProps) {
  const { wanted: drawn, StationMap, why, open: draw, close, fail } = useMap();
  const [chosen, choose] = useState<string>();
  const { longitude, latitude } = from;
  const asked = useQuery({
    queryKey: ["nearest", longitude, latitude, wanted.join(","), open],
    queryFn: ({ signal }) =>
      ask<NearStation[]>(
        "/public/stations/nearest",
        { longitude, latitude, items: wanted.join(",") || undefined, open: open || undefined },
        signal,
      ),
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
  const shown = StationMap ? stations.filter((station) => station.id === (chosen ?? stations[0]?.id)) : stations;
  return (
    <section aria-label="附近的驿站" aria-busy={asked.isFetching}>
      {asked.isError && <Failed error={asked.error} again={() => asked.refetch()} />}
      <p className="quiet" role="status">
        {stations.length === 0
          ? "100公里内没有符合条件的驿站。可以少选几项，或取消“现在开放”。"
          : `由近到远 ${stations.length} 个`}
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
          chosen={chosen ?? stations[0]?.id}
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
