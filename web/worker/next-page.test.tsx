import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { get } from "../client/http";
import { press, soon } from "../testing";
import { NextPage } from "./next-page";
import { draw, json, serve } from "./testing";

let anew: () => Promise<void>;

function List() {
  const client = useQueryClient();
  anew = () => client.invalidateQueries();
  const asked = useInfiniteQuery({
    queryKey: ["list"],
    queryFn: ({ pageParam }) => get<{ next?: string }>("/list", { cursor: pageParam }),
    initialPageParam: "1",
    getNextPageParam: (last) => last.next,
  });
  return (
    <>
      <p>{asked.data?.pages.length} 页</p>
      <NextPage asked={asked} />
    </>
  );
}

test("what failed is asked for again: the next page, or the shown ones that were to be renewed", async () => {
  const sent: (string | null)[] = [];
  let isDown = false;
  serve((address) => {
    const cursor = new URLSearchParams(address.split("?")[1]).get("cursor");
    sent.push(cursor);
    return isDown ? json({ code: "fault", detail: "系统出了故障。" }, 500) : json({ next: `${Number(cursor) + 1}` });
  });
  const failed = () => soon(() => expect(document.body.textContent).toContain("系统出了故障。"));
  const shown = (pages: number) =>
    soon(() => {
      expect(document.body.textContent).not.toContain("系统出了故障。");
      expect(document.body.textContent).toContain(`${pages} 页`);
    });
  draw(<List />);
  await shown(1);
  isDown = true;
  await anew();
  await failed();
  isDown = false;
  await press("再试一次");
  await shown(1);
  isDown = true;
  await press("更多");
  await failed();
  isDown = false;
  await press("再试一次");
  await shown(2);
  expect(sent).toEqual(["1", "1", "1", "2", "2"]);
});
