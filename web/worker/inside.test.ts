import { expect, test } from "vitest";
import { inside } from "./inside";

test("after the log-in one comes back to the page with what it was asked", () => {
  for (const to of ["/", "/card", "/duty?station=7&part=redeem", "/vouchers/385278877358783248", "/redeem/batches"]) {
    expect(inside(to)).toBe(to);
  }
});

test("an address that is not of these pages is not followed", () => {
  for (const to of [
    null,
    "",
    "card",
    "//evil.example",
    "/card//evil.example",
    "https://evil.example/",
    "/\\evil.example",
  ]) {
    expect(inside(to)).toBe("/");
  }
});
