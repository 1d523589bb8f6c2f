import dayjs from "dayjs";
import { expect, test, vi } from "vitest";
import { instantOf, shownAt } from "./beijing";

test("what is picked is Beijing's time on a computer of another zone, too, and stands in the window as in the list", () => {
  for (const zone of ["Asia/Shanghai", "Asia/Urumqi", "UTC", "America/Los_Angeles"]) {
    vi.stubEnv("TZ", zone);
    expect(instantOf(dayjs("2026-07-05 09:00"))).toBe("2026-07-05T09:00:00+08:00");
    expect(shownAt("2026-07-05T09:00:00+08:00").format("YYYY-MM-DD HH:mm")).toBe("2026-07-05 09:00");
    expect(instantOf(shownAt("2024-02-29T23:59:59+08:00"))).toBe("2024-02-29T23:59:59+08:00");
  }
});
