// Story 8: somebody hungry in the street finds the nearest open station with a microwave, without an account.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { mercator, pinsOf, pixels, until } from "./map.js";
import { PHONE } from "./phone.js";
import { on, start } from "./program.js";

const SHOTS = join(import.meta.dirname, "shots");
mkdirSync(SHOTS, { recursive: true });

/** A street of 昆都仑区 in the demo's prefecture, as a receiver tells it. */
const STREET = { longitude: 109.8381234, latitude: 40.6421234, accuracy: 12 };
const DESK = { viewport: { width: 1440, height: 900 } };

/** The colours of a border between divisions, and of the house's map in this story. */
const BORDER = [165, 128, 106];
const TILE = [64, 160, 224];
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNwWPAAAALkAcFio68KAAAAAElFTkSuQmCC";

/** A map's server, on a port of its own, that tells what it was asked for. */
async function tileServer() {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(200, { "content-type": "image/png", "access-control-allow-origin": "*" });
    response.end(Buffer.from(PIXEL, "base64"));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, asked, stop: () => server.close() };
}

/** A stranger's browser; what the site's policy forbids is kept, to end the story. */
async function strangerIn(context) {
  const page = await context.newPage();
  page.forbidden = [];
  page.on("console", (line) => {
    if (line.text().includes("Content Security Policy")) page.forbidden.push(line.text());
  });
  return page;
}

const located = { geolocation: STREET, permissions: ["geolocation"] };
const shot = (page, title) => page.screenshot({ path: join(SHOTS, `${title}.png`), fullPage: true });
const mapOf = (page) => page.getByRole("group", { name: "我的位置周边驿站地图" });

/** Opens the map of what is near the street. */
async function openMap(page, program) {
  await page.goto(`${program.url}/w/stations`);
  const found = page.waitForResponse((answer) => answer.url().includes("/public/stations/nearest"));
  await page.getByRole("button", { name: "找我附近的驿站" }).click();
  const stations = await (await found).json();
  const outlines = page.waitForResponse((answer) => answer.url().endsWith("/public/stations/outlines"));
  await page.getByRole("button", { name: "地图" }).click();
  await mapOf(page).getByRole("button", { name: /^1号：/ }).waitFor();
  return { map: mapOf(page), stations, outlines: await (await outlines).json() };
}

async function middleOf(element) {
  const { x, y, width, height } = await element.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

/** Drags by the mouse, which rests before it lets go: a map thrown would go on. */
async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.waitForTimeout(300);
  await page.mouse.up();
}

/** Presses until borders are seen. */
async function seeBorders(page, map) {
  const seen = () => pixels(page, map, BORDER);
  for (let presses = 0; presses < 6; presses += 1) {
    await map.getByRole("button", { name: "缩小" }).click();
    if ((await until(seen, (count) => count > 100, 10)) > 100) return;
  }
  assert.fail("no border was drawn");
}

for (const database of on("SQLite")) {
  describe(`finding a station on ${database}`, () => {
    let program;
    before(async () => {
      program = await start(database);
    });
    afterEach(() => program?.leave());
    after(() => program?.stop());

    const stranger = async (device, options = {}) => strangerIn(await program.context({ ...device, ...options }));
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
        const offered = page.getByRole("list", { name: "找到的地方" });
        await offered.getByText("昆都仑区").waitFor();
        await page.getByRole("button", { name: "找我附近的驿站" }).click();
        // What was found is not pushed down by places that nobody looks for any more.
        await offered.waitFor({ state: "detached" });
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

        // For half an hour more, and on the way to a place.
        const asks = (part) => page.waitForRequest((request) => request.url().includes(part));
        const stays = asks("open_for=30");
        await page.getByLabel("半小时内不关门").check();
        await stays;
        await page.getByText("顺路找：我要去…").click();
        await page.getByLabel("要去的地方").fill("东河区");
        await page.getByRole("button", { name: "查找", exact: true }).last().click();
        const there = asks("to_longitude=");
        await offered.getByRole("button").filter({ hasText: "东河区" }).first().click();
        await there;
        await page.getByText("绕行不超过1公里").waitFor();
        await page.locator("[aria-busy=false]").waitFor();
        for (const text of await near(page).locator("p.figure").allInnerTexts()) assert.match(text, /顺路，绕行约/);
        assert.deepEqual(await barriers(page, "list"), []);
        await page.getByRole("button", { name: "不限路线" }).click();
        await page.locator("[aria-busy=false]").waitFor();

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
        assert.deepEqual(page.forbidden, []);
      });

      test(`the map of what is near can be moved, on a ${name}`, async () => {
        const page = await stranger(device, located);
        const { map, stations, outlines } = await openMap(page, program);
        assert.equal(outlines.features.length, 12);
        // The nearest eight and oneself are seen at first, and each pin can be met by a finger.
        const { width, height } = await map.boundingBox();
        const pins = await pinsOf(map);
        assert.equal(pins.size, stations.length);
        const inside = ({ x, y }) => x > 0 && x < width && y > 0 && y < height;
        for (let number = 1; number <= Math.min(8, stations.length); number += 1) {
          assert.ok(inside(pins.get(number)), `${number}`);
          assert.ok(pins.get(number).width >= 40 && pins.get(number).height >= 40);
        }
        await map.getByRole("img", { name: "我的位置" }).waitFor();
        // Each lies where its place is: one scale for all, in both directions.
        const places = stations.map(({ position }) => mercator(position));
        const last = pins.get(stations.length);
        const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);
        const scale = apart(last, pins.get(1)) / apart(places.at(-1), places[0]);
        for (const [at, place] of places.entries()) {
          const pin = pins.get(at + 1);
          assert.ok(Math.abs(pin.x - last.x - (place.x - places.at(-1).x) * scale) < 3, `${at + 1}`);
          assert.ok(Math.abs(pin.y - last.y - (place.y - places.at(-1).y) * scale) < 3, `${at + 1}`);
        }

        const chosen = (number) => map.getByRole("button", { name: new RegExp(`^${number}号：`), pressed: true });
        const pinOf = (number) => map.getByRole("button", { name: new RegExp(`^${number}号：`) });
        // One that no other covers, as may happen where two stations are near each other.
        const alone = ([one, pin]) => [...pins].every(([other, its]) => one === other || apart(pin, its) > 30);
        const [lone] = [...pins].find((pin) => pin[0] > 1 && pin[0] <= 8 && alone(pin));
        const other = lone === 2 ? 3 : 2;
        await chosen(1).waitFor();
        await (device.hasTouch ? pinOf(lone).tap() : pinOf(lone).click());
        await chosen(lone).waitFor();
        await near(page).getByRole("heading", { name: stations[lone - 1].name }).waitFor();
        await pinOf(other).press("Enter");
        await near(page).getByRole("heading", { name: stations[other - 1].name }).waitFor();
        assert.equal(await near(page).count(), 1);
        await shot(page, `station-map-${name}`);
        assert.deepEqual(await barriers(page, "map"), []);

        const span = async () => {
          const now = await pinsOf(map);
          return { wide: apart(now.get(1), now.get(stations.length)), first: now.get(1) };
        };
        // A pin that is dragged under a button leaves it to be pressed.
        await map.evaluate((shown) => shown.scrollIntoView({ block: "center" }));
        const closer = map.getByRole("button", { name: "放大" });
        const button = await middleOf(closer);
        await drag(page, await middleOf(pinOf(lone)), button);
        const off = await until(async () => apart(await middleOf(pinOf(lone)), button), (pixels) => pixels < 15);
        assert.ok(off < 15, `${off}`);
        let before = await span();
        await closer.click();
        let now = await until(span, ({ wide }) => Math.abs(wide / before.wide - 2) < 0.1);
        assert.ok(Math.abs(now.wide / before.wide - 2) < 0.1, `${now.wide} of ${before.wide}`);
        // Dragged in a corner without pins; what was there moves along.
        before = now;
        const frame = await map.boundingBox();
        const corner = { x: frame.x + frame.width - 30, y: frame.y + frame.height - 20 };
        await drag(page, corner, { x: corner.x - 60, y: corner.y - 40 });
        const by = (moved) => [moved.first.x - before.first.x, moved.first.y - before.first.y].map(Math.round);
        now = await until(span, (moved) => by(moved)[0] <= -50);
        assert.ok(by(now)[0] <= -50 && by(now)[1] <= -30, by(now).join());
        before = now;
        await map.getByRole("region").press("ArrowRight");
        now = await until(span, (moved) => by(moved)[0] <= -90);
        assert.ok(by(now)[0] <= -90 && by(now)[1] === 0, by(now).join());
        if (device.hasTouch) {
          before = now;
          const fingers = await page.context().newCDPSession(page);
          const middle = { x: Math.round(frame.x + frame.width / 2), y: Math.round(frame.y + frame.height / 2) };
          const pinch = { ...middle, scaleFactor: 0.5, gestureSourceType: "touch" };
          await fingers.send("Input.synthesizePinchGesture", pinch);
          now = await until(span, ({ wide }) => wide < before.wide * 0.8);
          assert.ok(now.wide < before.wide * 0.8, `${now.wide} of ${before.wide}`);
        }
        await seeBorders(page, map);
        await shot(page, `station-map-wide-${name}`);
        // The last pin is reached by the keyboard wherever the map stands.
        await pinOf(stations.length).press("Enter");
        await chosen(stations.length).waitFor();
        await page.getByText("示意图，界线不作划界依据。").waitFor();
        await page.getByRole("button", { name: "列表" }).click();
        assert.equal(await near(page).count(), stations.length);
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

    test("where the map's program doesn't come the list stays, and pressing again opens the map", async () => {
      const page = await stranger(PHONE, located);
      await page.goto(`${program.url}/w/stations`);
      await page.getByRole("button", { name: "找我附近的驿站" }).click();
      await near(page).nth(3).waitFor();
      await page.route("**/assets/station-map*", (route) => route.abort());
      await page.getByRole("button", { name: "地图" }).click();
      await page.getByRole("alert").getByText("地图没有加载出来").waitFor();
      assert.ok((await near(page).count()) > 3);
      await page.unroute("**/assets/station-map*");
      await page.getByRole("button", { name: "地图" }).click();
      await mapOf(page).getByRole("button", { name: /^1号：/ }).waitFor();
    });

    test("a phone that can't draw maps says so and keeps the list", async () => {
      const page = await strangerIn(await program.old({ ...PHONE, ...located }));
      const fetched = [];
      page.on("request", (request) => fetched.push(request.url()));
      await page.goto(`${program.url}/w/stations`);
      await page.getByRole("button", { name: "找我附近的驿站" }).click();
      await near(page).nth(3).waitFor();
      await page.getByRole("button", { name: "地图" }).click();
      await page.getByRole("alert").getByText("画不了地图，请看列表").waitFor();
      assert.ok((await near(page).count()) > 3);
      // Nobody pays for a program that can't run.
      assert.deepEqual(
        fetched.filter((url) => url.includes("station-map")),
        [],
      );
      await shot(page, "station-map-none");
      assert.deepEqual(await barriers(page, "without a map"), []);
    });
  });
}

describe("finding a station on the house's own map", () => {
  const KEY = "tk=key-of-the-house";
  let program;
  let tiles;
  before(async () => {
    tiles = await tileServer();
    const layers = ["vec", "cva"].map((layer) => `${tiles.url}/${layer}?x={x}&y={y}&l={z}&${KEY}`);
    program = await start("SQLite", {
      NIANGJIA_MAP_TILES: JSON.stringify(layers),
      NIANGJIA_MAP_NOTICE: "天地图 GS(2024)0650号",
    });
  });
  afterEach(() => program?.leave());
  after(async () => {
    await program?.stop();
    tiles?.stop();
  });

  test("its tiles lie below the pins, and outlines where none come", async () => {
    const context = await program.context({ ...PHONE, ...located });
    const page = await strangerIn(context);
    const { map } = await openMap(page, program);
    const covered = () => pixels(page, map, TILE);
    assert.ok((await until(covered, (count) => count > 10_000)) > 10_000);
    for (const layer of ["vec", "cva"]) {
      const asked = tiles.asked.filter((path) => path.startsWith(`/${layer}?`));
      assert.ok(asked.length > 0, layer);
      for (const path of asked) assert.match(path, /x=\d+&y=\d+&l=\d+&tk=key-of-the-house$/);
    }
    await page.getByText("天地图 GS(2024)0650号。").waitFor();
    assert.equal(await page.getByText("界线不作划界依据").count(), 0);
    await shot(page, "station-map-tiles");
    assert.deepEqual(await barriers(page, "tiles"), []);
    await context.setOffline(true);
    await seeBorders(page, map);
    await page.getByText("示意图，界线不作划界依据。").waitFor();
    await shot(page, "station-map-offline");
    assert.deepEqual(page.forbidden, []);
  });
});
