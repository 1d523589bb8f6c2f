import { type FormEvent, useRef, useState } from "react";
import { Field } from "../field";
import { Place } from "./place";
import type { From } from "./position";
import { useHere } from "./use-here";

/** What is sought at stations: words of name or address, and where one stands; as the query of an address. */
export type Sought = Record<string, string>;

/** Where one looks for what stations offer: by a station's name or address, or from where one stands or will be. */
export function NearSearch({
  sought,
  seek,
  label = "驿站名称或地址",
}: {
  sought: Sought;
  seek: (sought: Sought) => void;
  label?: string;
}) {
  const [typed, type] = useState("");
  const search = (event: FormEvent) => {
    event.preventDefault();
    const { q: _, ...rest } = sought;
    seek(typed.trim() ? { ...rest, q: typed.trim() } : rest);
  };
  // While the phone looks for its place words may be sought.
  const now = useRef(sought);
  now.current = sought;
  const [from, choose] = useState("");
  const go = ({ longitude, latitude, name }: From) => {
    choose(name);
    seek({ ...now.current, longitude: `${longitude}`, latitude: `${latitude}` });
  };
  const { busy, wrong, here, there } = useHere(go);
  return (
    <>
      <form onSubmit={search} noValidate>
        <Field
          label={label}
          value={typed}
          onChange={type}
          beside={
            <button type="submit" className="plain">
              查找
            </button>
          }
        />
      </form>
      {from && <p>从“{from}”近的看起</p>}
      <button type="button" className="plain wide" disabled={busy} onClick={here}>
        {busy ? "正在定位…" : "从离我近的看起"}
      </button>
      {wrong && (
        <p className="note bad" role="alert">
          {wrong}
        </p>
      )}
      <details>
        <summary>从别的地方看起…</summary>
        <Place go={there} offer={false} named="" label="地名" />
      </details>
    </>
  );
}
