// Story 8: somebody hungry in the street finds the nearest open station with a microwave, without an account.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { PHONE } from "./phone.js";
import { on, start } from "./program.js";

const SHOTS = join(import.meta.dirname, "shots");
mkdirSync(SHOTS, { recursive: true });

/** A street of 昆都仑区 in the demo's prefecture, as a receiver tells it. */
const STREET = { longitude: 109.8381234, latitude: 40.6421234, accuracy: 12 };
const DESK = { viewport: { width: 1440, height: 900 } };

for (const database of on("SQLite")) {
  describe(`finding a station on ${database}`, () => {
    let program;
    before(async () => {
      program = await start(database);
    });
    afterEach(() => program?.leave());
    after(() => program?.stop());

    const shot = (page, title) => page.screenshot({ path: join(SHOTS, `${title}.png`), fullPage: true });

    /** A stranger's browser; what the site's policy forbids ends the story. */
    const stranger = async (device, options = {}) => {
      const context = await program.context({ ...device, ...options });
      const page = await context.newPage();
      page.forbidden = [];
      page.on("console", (line) => {
        if (line.text().includes("Content Security Policy")) page.forbidden.push(line.text());
      });
      return page;
    };
    const located = { geolocation: STREET, permissions: ["geolocation"] };
    const near = (page) => page.getByRole("article");
    const metres = async (page) =>
      (await near(page).locator("p.figure").allInnerTexts()).map((text) => {
        const [, number, unit] = text.match(/^([\d.]+)(米|公里)/);
        return Number(number) * (unit === "米" ? 1 : 1_000);
      });

    for (const [name, device] of [
      ["phone", PHONE],
      ["desk", DESK],
    ]) {
      test(`the nearest open station with a microwave, on a ${name}`, async () => {
        const page = await stranger(device, located);
        await page.goto(`${program.url}/w/stations`);
        const asked = page.waitForRequest((request) => request.url().includes("/public/stations/nearest"));
        await page.getByRole("button", { name: "找我附近的驿站" }).click();
        // Nobody needs to know at which window somebody stands.
        const sent = new URL((await asked).url()).searchParams;
        assert.deepEqual([sent.get("longitude"), sent.get("latitude")], ["109.8381", "40.6421"]);
        await page.getByText(/由近到远 \d+ 个/).waitFor();
        await page.getByLabel("微波炉").check();
        await page.getByRole("listitem").filter({ hasText: "微波炉" }).first().waitFor();
        await page.locator("[aria-busy=false]").waitFor();
        const distances = await metres(page);
        assert.ok(distances.length > 3 && distances.length <= 20, distances.join());
        assert.deepEqual(
          distances,
          distances.toSorted((one, other) => one - other),
        );
        for (const text of await near(page).allInnerTexts()) {
          assert.match(text, /微波炉/);
          assert.match(text, /开放中|24小时自助开放|全天开放/);
          assert.match(text, /步行约\d+分钟/);
        }
        await shot(page, `station-find-${name}`);
        assert.deepEqual(await barriers(page, "list"), []);

        const first = near(page).first();
        await first.getByText("怎么去、开放时间").click();
        const ways = await first.getByRole("link").evaluateAll((links) => links.map((link) => link.href));
        for (const head of [
          "https://uri.amap.com/navigation?",
          "https://api.map.baidu.com/marker?",
          "https://apis.map.qq.com/uri/v1/routeplan?",
          "geo:40.",
          "tel:0472-",
        ]) {
          assert.ok(ways.some((way) => way.startsWith(head)), `${head} in ${ways.join("\n")}`);
        }

        await page.getByRole("button", { name: "地图" }).click();
        const drawing = page.getByRole("group", { name: "我的位置周边驿站示意图" });
        await drawing.getByRole("button", { name: /^1号：/ }).waitFor();
        const name1 = await near(page).getByRole("heading").innerText();
        // By keyboard, as by a finger.
        await drawing.getByRole("button", { name: /^2号：/ }).press("Enter");
        assert.notEqual(await near(page).getByRole("heading").innerText(), name1);
        assert.equal(await near(page).count(), 1);
        for (let tries = 0; tries < 9 && (await page.getByRole("button", { name: "缩小" }).isEnabled()); tries += 1) {
          if (await drawing.getByText("昆都仑区").isVisible()) break;
          await page.getByRole("button", { name: "缩小" }).click();
        }
        await shot(page, `station-map-${name}`);
        assert.deepEqual(await barriers(page, "map"), []);
        assert.deepEqual(page.forbidden, []);
      });
    }

    test("without a receiver by the name of a place, and going back finds it again", async () => {
      const page = await stranger(PHONE, { permissions: [] });
      await page.goto(`${program.url}/w/login`);
      await page.getByRole("link", { name: "找工会驿站（不用登录）" }).click();
      await page.getByRole("button", { name: "找我附近的驿站" }).click();
      await page.getByRole("alert").getByText("按地名查找").waitFor();
      await page.getByLabel("按地名查找").fill("没有的地方");
      await page.getByRole("button", { name: "查找", exact: true }).click();
      await page.getByText("没有找到“没有的地方”").waitFor();
      await page.getByLabel("按地名查找").fill("昆都仑");
      await page.getByLabel("按地名查找").press("Enter");
      const places = page.getByRole("list", { name: "找到的地方" });
      await places.getByRole("button").first().waitFor();
      await shot(page, "station-places");
      assert.deepEqual(await barriers(page, "places"), []);
      await places.getByRole("button", { name: /^昆都仑区 *\d+个驿站/ }).click();
      await page.getByText("从“昆都仑区”找起").waitFor();
      await near(page).first().waitFor();
      await page.getByLabel("现在开放").uncheck();
      await page.reload();
      await page.getByText("从“昆都仑区”找起").waitFor();
      assert.equal(await page.getByLabel("现在开放").isChecked(), false);
      await near(page).first().waitFor();
    });

    test("on a network that breaks the page says so and finds on", async () => {
      const page = await stranger(PHONE, located);
      await page.goto(`${program.url}/w/stations`);
      await page.route("**/public/stations/nearest*", (route) => route.abort());
      await page.getByRole("button", { name: "找我附近的驿站" }).click();
      const again = page.getByRole("button", { name: "再试一次" });
      await again.waitFor();
      await page.unroute("**/public/stations/nearest*");
      await again.click();
      await near(page).first().waitFor();
    });
  });
}
