import type { StationRank, StationUse } from "../../client/types";
import { yearBefore } from "./use-period";
import type { Opened } from "./use-records";

/** What a figure counts: all visits, or those of a day, an hour and so on; services where one is named, `*` for all of them. */
export interface Narrow {
  day?: string;
  hour?: string;
  weekday?: string;
  /** `-` for those without. */
  group?: string;
  station?: string;
  service?: string;
}

const NAMES = ["day", "hour", "weekday", "group", "station", "service"] as const;
const BEFORE = "before";

/** A figure in the address: `hour.9`, `station.8.service.*.before` for the same days of the year before. */
export const written = (narrow: Narrow, before: boolean): string =>
  [...Object.entries(narrow).flat(), ...(before ? [BEFORE] : [])].join(".") || "all";

function read(written: string): { narrow: Narrow; before: boolean } {
  const parts = written.split(".");
  const before = parts.slice(-1)[0] === BEFORE;
  const narrow: Narrow = {};
  for (let at = 0; at < parts.length; at += 2) {
    const name = NAMES.find((one) => one === parts[at]);
    if (name) narrow[name] = parts[at + 1];
  }
  return { narrow, before };
}

interface Shown {
  organisation: string;
  days: { from: string; to: string };
  use?: StationUse;
  ranks?: StationRank[];
}

/** The figure that the address names, as far as the page knows it: its records are shown in any case. */
export function openedOf(written: string, { organisation, days, use, ranks }: Shown): Opened {
  const { narrow, before } = read(written);
  const { day, hour, weekday, ...rest } = narrow;
  const { label, value, ...counted } = figureOf(narrow, use, ranks);
  const { from, to } = day ? { from: day, to: day } : days;
  return {
    title: before ? `${label}（上年同期）` : label,
    value: before ? counted.before : value,
    period: before ? { from: yearBefore(from), to: yearBefore(to) } : { from, to },
    // A file's filter takes these as numbers.
    asked: { organisation, ...(hour && { hour: Number(hour) }), ...(weekday && { weekday: Number(weekday) }), ...rest },
  };
}

interface Figure {
  label: string;
  value?: number;
  before?: number | null;
}

function figureOf({ station, service, ...one }: Narrow, use?: StationUse, ranks?: StationRank[]): Figure {
  if (station) {
    const row = ranks?.find((row) => row.id === station);
    const name = row?.name ?? "驿站";
    if (service) return { label: `${name}服务`, value: row?.services, before: row?.services_before };
    return { label: `${name}到站`, value: row?.visits, before: row?.visits_before };
  }
  if (service === "*") return { label: "服务", value: use?.services, before: use?.services_before };
  if (service) return use?.by_service.find(({ key }) => key === service) ?? { label: "服务" };
  const lists = { day: use?.by_day, hour: use?.by_hour, weekday: use?.by_weekday, group: use?.by_group };
  const [name, key] = Object.entries(one)[0] ?? [];
  if (!name) return { label: "到站", value: use?.visits, before: use?.visits_before };
  const found = lists[name as keyof typeof lists]?.find((figure) => figure.key === (key === "-" ? "" : key));
  return found ? { ...found, label: `${found.label}到站` } : { label: "到站" };
}
