import { expect, test } from "vitest";
import { type Draft, joinOf, missing } from "./draft";

const draft: Draft = {
  phone: "+86 138 0000 0000",
  code: "123456",
  name: " 阿合买提·赛买提 ",
  document_kind: "citizen_number",
  document_number: "11010519491231002X",
  group: "delivery_rider",
  platform_id: "",
  district_id: "",
  organisation_id: "",
  agreed: "2026-1",
};
const consent = { version: "2026-1", text: "" };
const event = { consent, unions: [{ id: "1", name: "骑手联合工会", platforms: ["7"] }] } as Parameters<
  typeof joinOf
>[1];

test("what is sent is trimmed, and what was not chosen is not sent as an empty key", () => {
  const sent = joinOf(draft, event);
  expect(sent).toMatchObject({ phone: "13800000000", name: "阿合买提·赛买提", consent_version: "2026-1" });
  expect(sent.platform_id).toBeNull();
  expect(sent.district_id).toBeNull();
  expect(sent.organisation_id).toBeNull();
});

test("nothing is missing from a full form; without consent nothing is sent", () => {
  expect(missing(draft, event)).toEqual({});
  expect(missing({ ...draft, agreed: "" }, event)).toHaveProperty("agreed");
  expect(Object.keys(missing({ ...draft, name: " ", document_number: "", group: "" }, event))).toEqual([
    "name",
    "document_number",
    "group",
  ]);
});

test("who agreed to an older text than the one that stands there now has not agreed to this one", () => {
  const newer = { ...event, consent: { purpose: "identity", label: "入会", version: "2026-2", text: "" } };
  expect(missing(draft, newer)).toHaveProperty("agreed");
});

test("of several unions one is chosen, or found by the platform", () => {
  const several = { ...event, unions: [...event.unions, { id: "2", name: "司机联合工会", platforms: [] }] };
  expect(missing(draft, several)).toHaveProperty("organisation_id");
  expect(missing({ ...draft, platform_id: "7" }, several)).toEqual({});
  expect(missing({ ...draft, platform_id: "8" }, several)).toHaveProperty("organisation_id");
  expect(missing({ ...draft, organisation_id: "2" }, several)).toEqual({});
});
