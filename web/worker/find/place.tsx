import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { FoundPlaces } from "../../client/types";
import { ask } from "../ask";
import { Field } from "../field";
import { Failed } from "../frame";
import { LONGEST } from "../station-line";
import "./find.css";
import type { From } from "./position";

/** So many stations are told at most. */
const MOST = 10;

interface PlaceProps {
  go: (from: From) => void;
  /** Whether all districts are offered before a name was typed. */
  offer: boolean;
  /** The name that another page sends here to be looked for. */
  named: string;
  label?: string;
}

/** A place by its name, to look from or to go to: a district, a street, a station. */
export function Place({ go, offer, named, label = "按地名查找" }: PlaceProps) {
  const [typed, type] = useState(named);
  const [name, look] = useState(named);
  const asked = useQuery({
    queryKey: ["places", name],
    queryFn: ({ signal }) => ask<FoundPlaces>("/public/stations/places", { q: name }, signal),
    enabled: name !== "" || offer,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look(typed.trim());
  };
  // What the page asked for has the same key: it is there also where it is not offered.
  const places = name !== "" || offer ? (asked.data?.places ?? []) : [];
  return (
    <form onSubmit={submit}>
      <Field
        label={label}
        type="search"
        maxLength={LONGEST}
        placeholder="区县、街道或驿站名"
        value={typed}
        onChange={type}
        beside={
          <button type="submit" className="plain" disabled={typed.trim() === "" || asked.isFetching}>
            查找
          </button>
        }
      />
      <div aria-live="polite">
        {asked.isError && <Failed error={asked.error} again={() => asked.refetch()} />}
        {name !== "" && asked.data && places.length === 0 && (
          <p className="note">没有找到“{name}”。请换个说法，如所在的区县、街道，或驿站名称中的几个字。</p>
        )}
        {places.filter((place) => place.kind === "station").length >= MOST && (
          <p className="quiet small">只列出 {MOST} 个驿站，没有您要的，请多写几个字。</p>
        )}
        {places.length > 0 && (
          <ul className="places" aria-label="找到的地方">
            {places.map((place) => (
              <li key={`${place.kind}${place.name}${place.position.longitude}`}>
                <button
                  type="button"
                  onClick={() => {
                    look("");
                    type("");
                    const { longitude, latitude } = place.position;
                    go({ longitude, latitude, name: place.name, isStation: place.kind === "station" });
                  }}
                >
                  <b>{place.name}</b>
                  <span className="quiet small">{place.address}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </form>
  );
}
