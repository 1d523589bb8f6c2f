import { Form } from "antd";
import { createElement } from "react";
import { expect, test } from "vitest";
import { show, there, type } from "../../testing";
import { DayField } from "./day-field";
import { DayRange } from "./day-range";

const page = () =>
  createElement(
    Form,
    { initialValues: { day: "2026-12-01" } },
    createElement(DayField, { label: "截至日期", name: "day", required: true }),
    createElement(DayRange, { from: "2026-07-01", to: "2026-07-31", change: () => undefined }),
  );

test("a day that is being typed stays when something arrives and the page is drawn anew", async () => {
  const { place, again } = show(page());
  for (const [at, held] of ["2026-12-01", "2026-07-01"].entries()) {
    const field = place.querySelectorAll("input")[at] as HTMLInputElement;
    expect(field.value).toBe(held);
    field.focus();
    type(field, "2025-12-31");
    await there(() => document.querySelector('.ant-picker-cell[title="2025-12-31"]'));
    again(page());
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(field.value).toBe("2025-12-31");
    field.blur();
  }
});
