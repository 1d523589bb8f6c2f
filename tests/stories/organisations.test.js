// The tree has dates: a union is founded, gets another place, and closes; what it was remains to be read.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { dialog, enter, find, go, pickDay, shot } from "./desk.js";
import { on, start } from "./program.js";

for (const database of on("SQLite")) {
  describe(`a union's place on ${database}`, () => {
    let program;
    before(async () => {
      program = await start(database);
    });
    afterEach(() => program?.leave());
    after(() => program?.stop());

    test("a union is founded, moved with its day, corrected, and closed", async () => {
      const page = await enter(program, "system");
      await go(page, "组织");
      await page.getByRole("searchbox", { name: "名称或代码" }).fill("固阳县总工会");
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name: "固阳县总工会", exact: true }).click();
      await page.getByRole("heading", { name: "固阳县总工会" }).waitFor();
      await page.getByRole("button", { name: "新建下级" }).click();
      const form = dialog(page, "下新建");
      await form.getByLabel("名称").fill("固阳县金山快递联合工会");
      await form.getByRole("button", { name: "保 存" }).click();
      await form.getByText("请填写代码").waitFor();
      await form.getByLabel("代码", { exact: true }).fill("JS-0001");
      await pickDay(form.getByLabel("成立日期"), "2026-01-05");
      await form.getByRole("button", { name: "保 存" }).click();
      const heading = page.getByRole("heading", { name: "固阳县金山快递联合工会" });
      await heading.waitFor();
      const trail = page.getByRole("navigation", { name: "所在位置" });
      await trail.getByRole("link", { name: "固阳县总工会" }).waitFor();

      await page.getByRole("button", { name: "组织变更" }).click();
      await page.getByRole("menuitem", { name: "划转" }).click();
      const move = dialog(page, "划转：固阳县金山快递联合工会");
      await find(page, move.getByLabel("新的上级"), "石拐区总工会");
      await move.getByRole("button", { name: "划 转" }).click();
      await trail.getByRole("link", { name: "石拐区总工会" }).waitFor();
      const places = page.getByRole("row").filter({ hasText: "固阳县总工会" });
      await places.getByText("2026年1月5日").waitFor();
      await shot(page, "organisation");

      await page.getByRole("button", { name: "修 改" }).click();
      const change = dialog(page, "修改：固阳县金山快递联合工会");
      assert.equal(await change.getByLabel("代码", { exact: true }).inputValue(), "JS-0001");
      await change.getByLabel("联系电话").fill("0472-8111111");
      await change.getByRole("button", { name: "保 存" }).click();
      await page.getByText("0472-8111111").waitFor();

      await page.getByRole("button", { name: "组织变更" }).click();
      await page.getByRole("menuitem", { name: "撤销" }).click();
      await dialog(page, "撤销：固阳县金山快递联合工会").getByRole("button", { name: "撤 销" }).click();
      await page.getByText(/^\d{4}-\d{2}-\d{2} 撤销$/).waitFor();
      assert.equal(await page.getByRole("button", { name: "组织变更" }).count(), 0);
    });

    test("who may not change the tree reads it", async () => {
      const page = await enter(program, "baotou");
      await page.goto(`${program.url}/organisations?level=county`);
      await page.getByRole("link", { name: "固阳县总工会", exact: true }).click();
      await page.getByRole("heading", { name: "下级组织" }).waitFor();
      assert.equal(await page.getByRole("button", { name: "新建下级" }).count(), 0);
      assert.equal(await page.getByRole("button", { name: "组织变更" }).count(), 0);
    });
  });
}
