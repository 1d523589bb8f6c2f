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
