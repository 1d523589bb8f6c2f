import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { soon } from "../../testing";
import { draw, json, serve } from "../testing";
import BenefitsPage from "./benefits";

/** The page, where the server answers an address so; with nothing to any other. */
function shown(answers: (address: string) => Response | undefined) {
  serve((address) => answers(address) ?? json([]));
  return draw(createElement(BenefitsPage));
}

test("vouchers that could not be fetched are not left out without a word", async () => {
  const { place } = shown((address) =>
    address.endsWith("/me/vouchers") ? json({ code: "fault", detail: "出错了。" }, 500) : undefined,
  );
  await soon(() => expect(place.textContent).toContain("出错了。"));
  expect(place.textContent).toContain("再试一次");
});

const OFFER = {
  offer_id: "1",
  round_id: "2",
  title: "亲子游票券",
  kind_label: "票券",
  unit: "份",
  description: "",
  organisation: "东河区总工会",
  places: [],
  place_count: 0,
  opens_at: "2026-07-01T09:00:00+08:00",
  closes_at: "2026-07-02T09:00:00+08:00",
  redeem_from: "2026-07-01",
  redeem_until: "2026-07-09",
  left: 0,
  way: "draw",
  entry_id: "385375906896143324",
  state: "had",
  why: null,
  voucher_id: "3",
};

test("who won a draw reads his number and how it was drawn, too", async () => {
  const { place } = shown((address) => (address.includes("/me/benefits") ? json([OFFER]) : undefined));
  await soon(() => expect(place.textContent).toContain("已领取，出示凭证"));
  expect(place.textContent).toContain("已中签，编号 385375906896143324");
  expect([...place.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toContain("/draw/2");
});

test("a voucher that runs out tomorrow stands before all that is offered, and no other does", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-07-01T06:30:00+08:00") });
  const voucher = (id: string, use_until: string) => ({
    id,
    title: "爱心餐",
    state: "claimed",
    state_label: "待使用",
    use_until,
  });
  const vouchers = [voucher("8", "2026-08-01T00:00:00+08:00"), voucher("9", "2026-07-03T00:00:00+08:00")];
  const { place } = shown((address) => {
    if (address.includes("/me/benefits")) return json([OFFER]);
    return address.endsWith("/me/vouchers") ? json(vouchers) : undefined;
  });
  await soon(() => expect(place.textContent).toContain("快到期的凭证"));
  const links = [...place.querySelectorAll("section[aria-label=快到期的凭证] a")];
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["/vouchers/9"]);
  expect(links[0]?.textContent).toContain("明天到期，有效期至 2026年7月2日");
  expect(place.textContent?.indexOf("快到期")).toBeLessThan(place.textContent?.indexOf("亲子游票券") ?? 0);
});

test("whoever applied reads that he waits and since when, where services are for members", async () => {
  const member = { state: "applied", organisation: "骑手联合工会", applied_on: "2026-06-30" };
  const why = "这项服务面向工会会员，您还不是会员；已申请入会的，批准后即可享受";
  const offer = { ...OFFER, state: "not_for_me", why, voucher_id: null };
  const { place } = shown((address) => {
    if (address.includes("/me/benefits")) return json([offer]);
    return address.endsWith("/me") ? json({ person_id: "7", name: "王*", member }) : undefined;
  });
  await soon(() => expect(place.textContent).toContain("您2026年6月30日向“骑手联合工会”申请入会，正在等待批准"));
});

test("who has waited for hours on the page can claim at the minute at which a round opens", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: Date.parse("2026-07-01T06:30:00+08:00") });
  const offer = { ...OFFER, way: "first_come", state: "soon", left: 3, entry_id: null, voucher_id: null };
  const { place } = shown((address) => (address.includes("/me/benefits") ? json([offer]) : undefined));
  const button = () => place.querySelector<HTMLButtonElement>("article button");
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(10);
    expect(button()?.textContent).toContain("开放");
  });
  expect(button()?.disabled).toBe(true);
  await vi.advanceTimersByTimeAsync(Date.parse(OFFER.opens_at) - Date.now() + 100);
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(1);
    expect(button()?.textContent).toBe("领取");
  });
});

test("who finds his union's pieces gone reads so, and for whom a union nominates there is no time of claiming", async () => {
  const gone = { ...OFFER, way: "first_come", state: "gone", why: "分配给您所在工会的名额已经领完", voucher_id: null };
  const stay = { ...gone, round_id: "3", title: "疗休养", way: "nominate", state: "open", why: null, left: 2 };
  const { place } = shown((address) => (address.includes("/me/benefits") ? json([gone, stay]) : undefined));
  const said = (title: string) => place.querySelector(`article[aria-label="${title}"]`)?.textContent;
  await soon(() => expect(said("亲子游票券")).toContain("分配给您所在工会的名额已经领完。如有人取消"));
  expect(said("疗休养")).toContain("推荐2026年7月1日");
});
