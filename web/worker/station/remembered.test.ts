import { expect, test } from "vitest";
import type { DutyDay } from "../../client/types";
import { forgetDuty, remember, remembered, stayAt } from "./remembered";

const DAY = {
  station: { id: "7", name: "友谊驿站", role_label: "站长", now: { open: true, text: "开放中" } },
  visits: 5,
  entries: [{ name: "张*" }],
  rounds: [{ kind: "opening", day: "2026-07-05", points: [{ note: "老李没带钥匙" }] }],
  service_choices: [{ code: "haircut", label: "义剪" }],
  groups: [],
  checks: [{ code: "door", label: "门" }],
} as unknown as DutyDay;
const at = (id: string) => ({ ...DAY, station: { ...DAY.station, id } });
const ids = () => remembered()?.stations.map((one) => one.station.id);

test("what can be chosen is kept, but no count, nobody's name and no note", () => {
  remember("3", DAY);
  expect(remembered()).toEqual({
    by: "3",
    stations: [
      {
        station: { id: "7", name: "友谊驿站" },
        service_choices: [{ code: "haircut", label: "义剪" }],
        groups: [],
        checks: [{ code: "door", label: "门" }],
        rounds: [{ kind: "opening", day: "2026-07-05" }],
      },
    ],
  });
});

test("where one is on duty no more is left out, and another's duty is not his", () => {
  for (const id of ["7", "8", "7"]) remember("3", at(id));
  expect(ids()).toEqual(["8", "7"]);
  stayAt(["7"]);
  expect(ids()).toEqual(["7"]);
  remember("4", at("9"));
  expect([remembered()?.by, ids()]).toEqual(["4", ["9"]]);
  stayAt([]);
  expect(remembered()).toBeUndefined();
  remember("3", DAY);
  forgetDuty();
  expect(remembered()).toBeUndefined();
});
