import { createElement } from "react";
import { expect, test } from "vitest";
import type { OfferView } from "../../client/types";
import { soon } from "../../testing";
import { draw, officer, serve } from "../testing";
import { Batches } from "./batches";

test("the batches to come stand before those that are over", async () => {
  const batch = (day: string) => ({
    id: day,
    starts_on: day,
    ends_on: day,
    choose_until: day,
    place: { id: "7", name: "市医院" },
    called_off: null,
  });
  serve({
    "GET /session": { ...officer(), today: "2027-01-05" },
    "GET /benefit-offers/9/batches": ["2026-12-10", "2026-12-15", "2027-01-05", "2027-01-09"].map(batch),
  });
  const offer = { id: "9", state: "published", places: [] } as unknown as OfferView;
  const { place } = draw(createElement(Batches, { offer }));
  const shown = () => [...place.querySelectorAll("tbody a")].map((link) => link.textContent);
  await soon(() => expect(shown()).toEqual(["2027年1月5日", "2027年1月9日", "2026年12月15日", "2026年12月10日"]));
});
