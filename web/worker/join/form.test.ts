import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { Problem } from "../../client/http";
import type { PublicEvent } from "../../client/types";
import { draw } from "../testing";
import type { Draft } from "./draft";
import { JoinForm } from "./form";

test("that no union can be found is told also where there is none to choose", () => {
  const event = { consent: { version: "1", text: "" }, unions: [], groups: [], platforms: [] };
  const given = {
    event: event as unknown as PublicEvent,
    draft: { document_kind: "citizen_number", document_number: "", agreed: "1" } as Draft,
    change: vi.fn(),
    submit: vi.fn(),
    busy: false,
    problem: new Problem(422, "union_unclear", "请选择要加入的工会。"),
  };
  const { place } = draw(createElement(JoinForm, given));
  expect(place.querySelector('[role="alert"]')?.textContent).toBe("请选择要加入的工会。");
});

const union = (id: string, platforms: string[], district: string) => ({
  id,
  name: `${district}骑手联合工会`,
  platforms,
  district_id: district,
  district: `${district}总工会`,
});

/** The form of a hall with three unions, and what it changes. */
function hall(told: Partial<Draft>, problem?: Problem) {
  const unions = [union("1", ["7"], "东河区"), union("2", ["7"], "昆都仑区"), union("3", ["8"], "青山区")];
  const event = { consent: { version: "1", text: "" }, unions, groups: [], platforms: [{ id: "7", name: "示例外卖" }] };
  const change = vi.fn();
  const draft = {
    document_kind: "citizen_number",
    document_number: "",
    platform_id: "",
    district_id: "",
    ...told,
  } as Draft;
  const given = { event: event as unknown as PublicEvent, draft, change, submit: vi.fn(), busy: false, problem };
  const { place } = draw(createElement(JoinForm, given));
  const field = (label: string) => {
    const found = [...place.querySelectorAll("label")].find((one) => one.textContent?.startsWith(label));
    return found && place.querySelector<HTMLSelectElement>(`[id="${found.htmlFor}"]`);
  };
  const offered = (label: string) => [...(field(label)?.options ?? [])].map((option) => option.value);
  return { place, change, field, offered };
}

test("the district is asked for only where the platform does not decide, among its own unions' districts", () => {
  const decided = hall({ platform_id: "8" });
  expect([decided.offered("所在旗县区"), decided.offered("加入哪家工会")]).toEqual([[], []]);
  expect(decided.place.textContent).toContain("将加入：青山区骑手联合工会");
  const open = hall({ platform_id: "7" });
  expect(open.offered("所在旗县区")).toEqual(["", "东河区", "昆都仑区"]);
  expect(open.offered("加入哪家工会")).toEqual(["", "1", "2"]);
  expect(hall({ platform_id: "7", district_id: "昆都仑区" }).offered("加入哪家工会")).toEqual([]);
});

test("who tells another platform is asked anew for what hung on the one before", () => {
  const { field, change } = hall({ platform_id: "8", organisation_id: "3" });
  const select = field("所属平台") as HTMLSelectElement;
  select.value = "7";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  expect(change).toHaveBeenCalledWith({ platform_id: "7", district_id: "", organisation_id: "" });
});

test("where the server found no union, those that it left are offered", () => {
  const problem = new Problem(422, "union_unclear", "请选择要加入的工会。", [], [], { unions: ["2", "3"] });
  const { place, offered } = hall({ platform_id: "8" }, problem);
  expect(offered("加入哪家工会")).toEqual(["", "2", "3"]);
  expect(place.textContent).toContain("请选择要加入的工会。");
  expect(place.querySelector('[role="alert"]')).toBeNull();
});

test("who is refused as the number is on another record is led to where he says that it changed hands", () => {
  const { place } = hall({}, new Problem(409, "phone_of_another", "这个手机号码已登记在另一份档案上。"));
  const link = [...place.querySelectorAll("a")].find((one) => one.textContent?.includes("换过主人"));
  expect(link?.getAttribute("href")).toBe("/login?to=%2F");
});
