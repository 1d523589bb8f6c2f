import { createElement } from "react";
import { expect, test } from "vitest";
import type { DutyDay } from "../../client/types";
import { soon } from "../../testing";
import { draw, json, serve } from "../testing";
import { waiting } from "./queue";
import { Round } from "./round";
import { useQueue } from "./use-queue";

test("a look round that arrived counts as made also before the day was asked for anew", async () => {
  serve(() => json({}));
  const day = { station: { id: "7" }, rounds: [], checks: [{ code: "door", label: "门" }] } as unknown as DutyDay;
  function Page() {
    const queue = useQueue("7", "11");
    return createElement(Round, { day, waiting: [...queue.kept, ...queue.arrived], keep: queue.write });
  }
  const { place } = draw(createElement(Page));
  await soon(() => expect(place.querySelector("h2")?.textContent).toBe("开站检查"));
  place.querySelector<HTMLButtonElement>("button.main")?.click();
  await soon(() => expect(waiting("7")).toEqual([]));
  await new Promise((done) => setTimeout(done, 100));
  await soon(() => expect(place.querySelector("h2")?.textContent).toBe("闭站检查"));
});
