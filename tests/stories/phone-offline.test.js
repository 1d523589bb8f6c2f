// A phone that opens its page without a network: the master of a station writes down what happens, and it arrives once; a newer
// program's page is shown when it opens the next time; and the worker that does this can be taken off every phone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { enter, shot } from "./desk.js";
import { front } from "./front.js";
import { openStation } from "./interface.js";
import { person } from "./people.js";
import { heldBy } from "./phone.js";
import { start } from "./program.js";

describe("a phone without a network", () => {
  let program;
  let network;
  let duty;
  const master = person(871);

  before(async () => {
    program = await start("SQLite");
    network = await front(program);
    const page = await enter(program, "baotou");
    await openStation(program, page, { code: "S-971", name: "东河铁路驿站", address: "东河区铁路街3号" }, [master]);
  });
  after(async () => {
    await program?.stop();
    network?.stop();
  });

  /** There is a network from now on, or none: the phone hears of it, and whatever it asks is not answered. */
  const cut = async (cut) => {
    network.cut = cut;
    await duty.context().setOffline(cut);
  };

  /** Waits until something holds on the phone. */
  const until = async (holds) => {
    while (!(await duty.evaluate(holds))) await new Promise((resolve) => setTimeout(resolve, 100));
  };

  /** Which build the page is that the phone shows. */
  const build = () => duty.evaluate(() => document.querySelector("meta[name=build]")?.content);

  test("the page may stand on the home screen, opens, takes an entry that waits, and it arrives once", async () => {
    duty = await heldBy({ ...program, url: network.url }, master, "duty");
    await duty.getByText("站长 ·").waitFor();
    await duty.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const tools = await duty.context().newCDPSession(duty);
    assert.deepEqual((await tools.send("Page.getAppManifest")).errors, []);
    const { installabilityErrors } = await tools.send("Page.getInstallabilityErrors");
    // All browsers of stories are such.
    assert.deepEqual(
      installabilityErrors.filter((one) => one.errorId !== "in-incognito"),
      [],
    );
    await cut(true);
    await duty.reload();
    await duty.getByText("现在没有连上系统").waitFor();
    await duty.getByText("东河铁路驿站").waitFor();
    assert.equal(await duty.getByText("今天到站").count(), 0);
    await duty.getByLabel("人数").fill("4");
    await duty.getByRole("button", { name: "登记到站" }).click();
    await duty.getByText("1 条记在本机").waitFor();
    await shot(duty, "phone-offline-duty");
    await duty.reload();
    await duty.getByText("1 条记在本机").waitFor();
    await cut(false);
    await duty.getByText("今天到站 4 人次").waitFor();
    await duty.reload();
    await duty.getByText("今天到站 4 人次").waitFor();
    assert.equal(await duty.getByText("记在本机").count(), 0);
  });

  test("an incident is written down and corrected without a network, and both arrive once", async () => {
    await duty.goto(`${network.url}/w/duty?part=incidents`);
    await duty.getByText("还没有事件记录。").waitFor();
    await cut(true);
    await duty.reload();
    await duty.getByLabel("发生了什么").fill("骑手滑倒");
    await duty.getByLabel("怎么处理的").fill("包扎");
    await duty.getByRole("button", { name: "登记事件" }).click();
    const kept = duty.getByRole("article", { name: "受伤（记在本机）" });
    await kept.getByRole("button", { name: "更正受伤：骑手滑倒" }).click();
    await kept.getByLabel("发生了什么").fill("环卫工滑倒");
    await kept.getByRole("button", { name: "保存更正" }).click();
    await kept.getByText("更正记在本机，联网后自动上报：环卫工滑倒").waitFor();
    await duty.getByText("2 条记在本机").waitFor();
    await shot(duty, "phone-offline-correction");
    await duty.reload();
    await kept.getByText("环卫工滑倒").waitFor();
    await cut(false);
    const told = duty.getByRole("article", { name: "受伤", exact: true });
    await told.getByText("环卫工滑倒").first().waitFor();
    await told.getByRole("deletion").filter({ hasText: "骑手滑倒" }).waitFor();
    await duty.reload();
    await told.getByText("环卫工滑倒").first().waitFor();
    assert.equal(await told.count(), 1);
    assert.equal(await duty.getByRole("deletion").count(), 1);
  });

  test("from the home screen the way to the station is there; what was never opened opens, and goes on by itself", async () => {
    await cut(true);
    await duty.goto(`${network.url}/w/`);
    await duty.getByRole("link", { name: "我的驿站" }).waitFor();
    await shot(duty, "phone-offline-home");
    await duty.goto(`${network.url}/w/benefits`);
    await duty.getByRole("alert").getByText("连上网络后会自动再试").first().waitFor();
    await cut(false);
    await until(() => !document.querySelector("[role=alert]"));
    const kept = await duty.evaluate(async () => {
      const store = await caches.open("niangjia");
      return (await store.keys()).map((one) => new URL(one.url).pathname);
    });
    assert.ok(kept.includes("/w/index.html"), kept);
    assert.deepEqual(
      kept.filter((path) => !path.startsWith("/assets/") && !path.startsWith("/w/")),
      [],
    );
  });

  test("a newer page is shown at the next opening, and then also without a network", async () => {
    network.change = (path, text) => {
      if (path.endsWith("/sw.js")) return `${text}\n// renewed`;
      return text.replace("<head>", '<head><meta name="build" content="renewed">');
    };
    await duty.goto(`${network.url}/w/duty`);
    assert.equal(await build(), "renewed");
    await until(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
    await cut(true);
    await duty.reload();
    await duty.getByText("东河铁路驿站").waitFor();
    assert.equal(await build(), "renewed");
    await cut(false);
  });

  test("the worker is withdrawn from a phone that opens a page, with all that it kept", async () => {
    network.instead = (path) => (path === "/w/sw.js" ? "/w/withdraw.js" : path);
    await duty.reload();
    await until(async () => !(await navigator.serviceWorker.getRegistration()) && (await caches.keys()).length === 0);
    await duty.getByText("今天到站 4 人次").waitFor();
  });
});
