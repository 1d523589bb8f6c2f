// Story 8: the master puts a shift up on the phone, a volunteer signs up and hands his place to another, whose hours the master
// confirms; she reads them on her phone and the officer in the console.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { enter, go, shot } from "./desk.js";
import { get, openStation, post } from "./interface.js";
import { person } from "./people.js";
import { heldBy } from "./phone.js";
import { DATABASES, start } from "./program.js";
import { dayAfter } from "./today.js";

const TASK = "整理爱心角衣物";

for (const database of DATABASES) {
  describe(`volunteers on ${database}`, () => {
    let program;
    let page;
    let duty;
    let first;
    let second;
    let station;
    const [master, rider, courier] = [person(841), person(842), person(843)];

    before(async () => {
      program = await start(database);
      page = await enter(program, "baotou");
      station = await openStation(program, page, { code: "S-941", name: "东河互助驿站", address: "东河区和平路41号" }, [master, rider, courier]);
    });
    after(() => program?.stop());

    const ask = (path) => get(program, page, path);

    const held = (who, path) => heldBy(program, who, path);
    const find = async (phone) => {
      await phone.getByLabel("驿站名称或地址").fill("东河互助");
      await phone.getByRole("button", { name: "查找" }).click();
    };

    test("the master puts a shift up on the phone", async () => {
      duty = await held(master, "duty");
      await duty.getByRole("button", { name: "排班", exact: true }).click();
      await duty.getByText("还没有排班").waitFor();
      await duty.getByRole("button", { name: "排班、招募志愿者" }).click();
      await duty.getByLabel("做什么").fill(TASK);
      // The whole of today, so that the story can be told at any hour.
      await duty.getByLabel("开始").selectOption("0");
      await duty.getByLabel("结束").selectOption("24");
      await duty.getByLabel("需要几人").fill("1");
      await shot(duty, "phone-shift-form");
      await duty.getByRole("button", { name: "发布" }).click();
      await duty.getByText("志愿者 0 / 1 人").waitFor();
    });

    test("a volunteer signs up and hands his place to another", async () => {
      first = await held(rider, "volunteer");
      await find(first);
      await first.getByRole("button", { name: `报名：${TASK} 东河互助驿站` }).click();
      // It has begun: who signs up can't simply leave any more, and is told so before.
      await first.getByText("报名后不能直接退出").waitFor();
      await first.getByRole("button", { name: "确定报名" }).click();
      const mine = first.getByRole("article", { name: `我的班次：${TASK}` });
      // It moved up there, and the page with it.
      await first.locator("h2:focus").getByText("我报名的").waitFor();
      await mine.getByRole("button", { name: "来不了，找人接替" }).click();
      await mine.getByText("有人接替前，这一班仍由您负责。").waitFor();
      await shot(first, "phone-volunteer");
      second = await held(courier, "volunteer");
      await find(second);
      await second.getByRole("button", { name: `接替：${TASK} 东河互助驿站` }).click();
      await second.getByRole("button", { name: "确定接替" }).click();
      await second.getByRole("article", { name: `我的班次：${TASK}` }).waitFor();
      await first.reload();
      await first.getByText("累计服务").waitFor();
      assert.equal(await mine.count(), 0);
    });

    test("the master confirms her hours, and she reads them", async () => {
      await duty.reload();
      await duty.getByRole("button", { name: "排班", exact: true }).click();
      await duty.getByRole("heading", { name: "待确认时长" }).waitFor();
      await duty.getByLabel(/的时长$/).selectOption("1");
      await shot(duty, "phone-roster");
      await duty.getByRole("button", { name: "确认时长" }).click();
      await duty.getByText("已确认 1 小时").waitFor();
      await second.reload();
      await second.getByText("已确认 1 小时").waitFor();
      await second.getByRole("region", { name: "我的时长" }).getByText("1", { exact: true }).first().waitFor();
      await shot(second, "phone-volunteer-hours");
    });

    test("a volunteer gives his place up in good time, once he is sure", async () => {
      const shift = (task, days) =>
        post(program, page, "/station-shifts", { station_id: station.id, day: dayAfter(days), from_hour: 9, until_hour: 12, task, wanted: 1, guided: true });
      await shift("整理图书", 5);
      const [other] = await shift("擦洗门窗", 6);
      await first.reload();
      await find(first);
      const free = first.getByRole("button", { name: "报名：整理图书 东河互助驿站" });
      const mine = first.getByRole("article", { name: "我的班次：整理图书" });
      await free.click();
      await mine.getByRole("button", { name: "退出这一班" }).click();
      await mine.getByText("名额会让给别人").waitFor();
      await mine.getByRole("button", { name: "不退出" }).click();
      await mine.getByRole("button", { name: "退出这一班" }).click();
      await mine.getByRole("button", { name: "确定退出" }).click();
      await mine.waitFor({ state: "detached" });
      await duty.reload();
      await duty.getByRole("button", { name: "排班", exact: true }).click();
      await duty.getByRole("article", { name: "班次：整理图书" }).getByText("志愿者 0 / 1 人").waitFor();

      await free.click();
      await first.locator("h2:focus").getByText("我报名的").waitFor();
      // What was taken on another phone comes to the list, too, and the page stays where one reads.
      await post(program, first, `/me/station-shifts/${other.id}/join`, {});
      await mine.getByRole("button", { name: "来不了，找人接替" }).click();
      await first.getByRole("article", { name: "我的班次：擦洗门窗" }).waitFor();
      assert.equal(await first.locator("h2:focus").count(), 0);
    });

    test("a seat at an activity is given up once one is sure, and free again", async () => {
      const hour = (at) => new Date(Date.now() + at * 3_600_000).toISOString();
      const reading = { kind: "reading", title: "东河读书会九四一", host: "东河区总工会", starts_at: hour(48), ends_at: hour(50), capacity: 5 };
      await post(program, page, "/station-activities", { ...reading, station_id: station.id });
      await first.goto(`${program.url}/w/activities`);
      await first.getByLabel("活动、驿站名称或地址").fill("九四一");
      await first.getByRole("button", { name: "查找" }).click();
      const activity = first.getByRole("article", { name: reading.title });
      await activity.getByRole("button", { name: "报名" }).click();
      await activity.getByText("名额 5 人，已报 1 人").waitFor();
      await first.locator("h2:focus").getByText("我报名的").waitFor();
      await activity.getByRole("button", { name: "取消报名" }).click();
      await activity.getByText("名额会让给别人").waitFor();
      await go(page, "驿站活动");
      const row = page.getByRole("row").filter({ hasText: reading.title });
      await row.getByText("1 / 5").waitFor();
      await activity.getByRole("button", { name: "确定取消" }).click();
      await activity.getByText("名额 5 人，已报 0 人").waitFor();
      await page.reload();
      await row.getByText("0 / 5").waitFor();
    });

    test("the officer sees the roster and the hours on the ledger", async () => {
      await go(page, "排班与志愿服务");
      const row = page.getByRole("row").filter({ hasText: TASK });
      await row.getByText("1 / 1").waitFor();
      await shot(page, "station-shifts");
      await row.getByRole("button", { name: "名单与时长" }).click();
      await page.getByText("已确认 1 小时").waitFor();
      await shot(page, "station-shift-volunteers");
      const facts = await ask(`/facts?organisation=${station.organisation_id}&kinds=station_volunteer_hours&limit=200`);
      assert.ok(facts.items.some((fact) => fact.quantity === 1));
      await page.goto(`${program.url}/ledger`);
      await page.getByRole("row").filter({ hasText: "驿站志愿服务时长" }).getByText(/^[\d,]+ 小时$/).waitFor();
    });
  });
}
