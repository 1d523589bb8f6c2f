import { expect, test } from "vitest";
import { codeOf, phoneOf, seconds, wrongCode, wrongPhone } from "./phone";

test("what address books put around a number is taken off", () => {
  for (const typed of ["13800000000", "+86 138 0000 0000", "0086-13800000000", "１３８００００００００"]) {
    expect(phoneOf(typed)).toBe("13800000000");
    expect(wrongPhone(typed)).toBeUndefined();
  }
});

test("what is no mobile number is told in words", () => {
  expect(wrongPhone(" ")).toContain("请填写");
  expect(wrongPhone("12800000000")).toContain("11 位");
  expect(wrongPhone("1380000000")).toContain("11 位");
});

test("a code is six digits, also when pasted with what stands around it", () => {
  expect(codeOf("验证码 004217，")).toBe("004217");
  expect(wrongCode("004 217")).toBeUndefined();
  expect(wrongCode("4217")).toContain("6 位");
});

test("how long to wait is read from the sentence", () => {
  expect(seconds("验证码刚刚发过，请37秒后再试。")).toBe(37);
  expect(seconds("请稍后再试。")).toBeUndefined();
});
