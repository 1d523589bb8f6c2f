import { createElement } from "react";
import { expect, test } from "vitest";
import { press, soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import GiftsPage from "./gifts";

const GIFT = {
  id: "1",
  name: "棉衣",
  unit: "件",
  left: 1,
  station: "东河站",
  address: "站前路",
  giver: "公司",
  thanked: 0,
};

/** Opens the page with what answers it; of mine there is nothing. */
function open(answer: (address: string) => Promise<Response> | Response) {
  serve((address) => (address.endsWith("/station-gifts") ? json({ mine: [], given: [] }) : answer(address)));
  const { place } = draw(createElement(GiftsPage));
  const press = (name: string) =>
    [...place.querySelectorAll("button")].find((one) => one.textContent?.replace(/\s/g, "") === name)?.click();
  return { place, press };
}

test("of a gift the last thanks are shown, and all of them to whoever gave it", async () => {
  const gift = { ...GIFT, quantity: 3, thanks: "谢谢师傅", thanked: 2 };
  const given = { ...gift, id: "2", said: ["谢谢师傅", "正好用得上"] };
  serve((address) => json(address.endsWith("/station-gifts") ? { mine: [], given: [given] } : { items: [gift] }));
  const { place } = draw(createElement(GiftsPage));
  await soon(() => expect(place.querySelectorAll("article").length).toBe(2));
  const [offered, own] = [...place.querySelectorAll("article")].map((box) => box.textContent);
  expect(offered).toContain("“谢谢师傅”");
  expect(own).toContain("“谢谢师傅”“正好用得上”");
});

test("who is refused far down the list is led to why", async () => {
  const { place, press } = open((address) =>
    address.endsWith("/reserve") ? json({ code: "gift_gone", detail: "已经被领完了。" }, 409) : json({ items: [GIFT] }),
  );
  await soon(() => expect(place.textContent).toContain("棉衣"));
  press("预留一件");
  await soon(() => expect(document.activeElement?.textContent).toBe("已经被领完了。"));
});

test("what is being kept for me says so until it is", async () => {
  const other = { ...GIFT, id: "2", unit: "双" };
  const { place, press } = open((address) =>
    address.endsWith("/2/reserve") ? new Promise(() => undefined) : json({ items: [GIFT, other] }),
  );
  await soon(() => expect(place.textContent).toContain("棉衣"));
  press("预留一双");
  await soon(() => expect(place.textContent).toContain("正在预留…"));
  expect(place.textContent).toContain("预留一件");
});

test("the field in which one seeks stays while the answer is on its way", async () => {
  const { place, press } = open((address) =>
    address.includes("?q=") ? new Promise(() => undefined) : json({ items: [GIFT] }),
  );
  await soon(() => expect(place.textContent).toContain("棉衣"));
  const field = place.querySelector("input") as HTMLInputElement;
  type(field, "手套");
  press("查找");
  await new Promise((done) => setTimeout(done, 100));
  expect(place.querySelector("input")).toBe(field);
});

test("what can be had is told from a place by its name, and page by page", async () => {
  const asked: string[] = [];
  const { place, press } = open((address) => {
    if (address.includes("/places"))
      return json({
        places: [{ kind: "district", name: "东河区", address: "", position: { longitude: 110, latitude: 40 } }],
      });
    asked.push(address.replace(/.*offered/, ""));
    return json(
      address.includes("cursor=")
        ? { items: [{ ...GIFT, id: "2", name: "雨衣" }] }
        : { items: [{ ...GIFT, metres: address.includes("longitude=110") ? 1_500 : null }], next: "1500-1" },
    );
  });
  const field = await there(() => place.querySelector<HTMLInputElement>("details input"));
  type(field, "东河");
  field.form?.requestSubmit();
  const district = await there(() => place.querySelector<HTMLButtonElement>(".places button"));
  district.click();
  await soon(() => expect(place.textContent).toContain("从“东河区”近的看起"));
  await soon(() => expect(place.textContent).toContain("1.5公里"));
  expect(place.textContent).toContain("从离我近的看起");
  press("更多");
  await soon(() => expect(place.textContent).toContain("雨衣"));
  expect(asked.slice(-2)).toEqual(["?longitude=110&latitude=40", "?longitude=110&latitude=40&cursor=1500-1"]);
});

test("thanks that could not be sent are not dropped without a word", async () => {
  const mine = [
    { ...{ id: "5", gift_id: "1", gift: "棉衣", quantity: 1, station: "东河站", address: "" }, state: "taken" },
  ];
  serve((address) => {
    if (address.endsWith("/thank")) return json({ code: "thanked", detail: "您已经感谢过了。" }, 409);
    return json(address.endsWith("/station-gifts") ? { mine, given: [] } : { items: [] });
  });
  const { place } = draw(createElement(GiftsPage));
  const field = await there(() => place.querySelector<HTMLInputElement>('input[maxlength="60"]'));
  type(field, "谢谢");
  field.form?.requestSubmit();
  await soon(() => expect(place.querySelector("[role=alert]")?.textContent).toContain("您已经感谢过了。"));
});

test("what is kept for me is left to others once I am sure, and leads to its station", async () => {
  const kept = {
    ...GIFT,
    gift: "棉衣",
    gift_id: "1",
    quantity: 1,
    state: "reserved",
    state_label: "已预留",
    until: null,
  };
  const asked: string[] = [];
  serve((address) => {
    asked.push(address);
    return json(address.endsWith("/station-gifts") ? { mine: [kept], given: [] } : { items: [] });
  });
  const { place } = draw(createElement(GiftsPage));
  const way = await there(() => place.querySelector<HTMLAnchorElement>("article a"));
  expect(way.textContent).toBe("东河站");
  expect(decodeURIComponent(way.href)).toContain("/stations?named=东河站");
  await press("不要了，留给别人");
  await soon(() => expect(place.textContent).toContain("可能已经没有了"));
  expect(asked.some((address) => address.endsWith("/cancel"))).toBe(false);
  await press("确定不要");
  await soon(() => expect(asked.some((address) => address.endsWith("/1/cancel"))).toBe(true));
});

test("why the station cancelled what was kept for me is told", async () => {
  const claim = { ...GIFT, gift_id: "1", gift: "棉衣", quantity: 1, state: "returned", state_label: "已取消" };
  const mine = [{ ...claim, reason: "受潮发霉" }];
  serve((address) => json(address.endsWith("/station-gifts") ? { mine, given: [] } : { items: [] }));
  const { place } = draw(createElement(GiftsPage));
  await soon(() => expect(place.querySelector("article")?.textContent).toContain("驿站取消预留的原因：受潮发霉"));
});
