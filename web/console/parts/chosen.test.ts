import { createElement } from "react";
import { flushSync } from "react-dom";
import { expect, test } from "vitest";
import { show } from "../../testing";
import { useChosen } from "./chosen";

test("what was chosen counts only where it is in sight", () => {
  let [chosen, choose]: ReturnType<typeof useChosen<string>> = [[], () => undefined];
  function List({ organisation }: { organisation: string }) {
    [chosen, choose] = useChosen<string>({ organisation });
    return null;
  }
  const { again } = show(createElement(List, { organisation: "1" }));
  const look = (organisation: string) => again(createElement(List, { organisation }));
  flushSync(() => choose(["7", "8"]));
  expect(chosen).toEqual(["7", "8"]);
  look("2");
  expect(chosen).toEqual([]);
  look("1");
  expect(chosen).toEqual(["7", "8"]);
});
