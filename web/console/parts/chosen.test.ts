// @vitest-environment jsdom
import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { useChosen } from "./chosen";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

test("what was chosen counts only where it is in sight", () => {
  const root = createRoot(document.createElement("div"));
  let [chosen, choose]: ReturnType<typeof useChosen<string>> = [[], () => undefined];
  function List({ organisation }: { organisation: string }) {
    [chosen, choose] = useChosen<string>({ organisation });
    return null;
  }
  const look = (organisation: string) => act(() => root.render(createElement(List, { organisation })));
  look("1");
  act(() => choose(["7", "8"]));
  expect(chosen).toEqual(["7", "8"]);
  look("2");
  expect(chosen).toEqual([]);
  look("1");
  expect(chosen).toEqual(["7", "8"]);
});
