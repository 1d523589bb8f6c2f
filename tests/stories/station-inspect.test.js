// Story 8: a station that an inspection finds below standard is mended with proof, is not offered as open beyond its grace, and
// is offered again once it is inspected anew.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { choose, dialog, enter, pickDay, shot } from "./desk.js";
import { get, openStation } from "./interface.js";
import { person } from "./people.js";
import { heldBy, PHONE } from "./phone.js";
import { on, start } from "./program.js";
import { dayAfter } from "./today.js";

const NAME = "东河受检驿站";
const WRONG = "急救箱里两盒药已过期";
const FIRST_AID = "急救箱齐全，药品在有效期内";
/** What is near it on the map. */
const HERE = `stations?at=110.05,40.58,${encodeURIComponent("东河")}`;
/** A picture of one dot. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const photo = (name) => ({ name, mimeType: "image/png", buffer: PNG });

for (const database of on("SQLite")) {
  describe(`inspecting a station on ${database}`, () => {
    let program;
    let page;
    let station;
    let duty;
    const master = person(881);

    before(async () => {
      program = await start(database);
      page = await enter(program, "baotou");
      const hours = { week: Array(7).fill([{ opens: "00:00", closes: "24:00" }]) };
      station = await openStation(program, page, { code: "S-981", name: NAME, address: "东河区和平路81号", hours }, [master]);
    });
    after(() => program?.stop());

    const near = (phone) => phone.getByRole("article", { name: NAME });
    /** What a stranger finds near the station. */
    const found = async (asked = "") => {
      const phone = await (await program.context(PHONE)).newPage();
      await phone.goto(`${program.url}/w/${HERE}${asked}`);
      await phone.getByRole("article").first().waitFor();
      return phone;
    };

    /** Plans an inspection from the station's page. */
    const plan = async (kind) => {
      await page.goto(`${program.url}/stations/${station.id}`);
      await page.getByRole("button", { name: "安排检查" }).click();
      const window = dialog(page, "安排检查");
      await window.getByText(kind, { exact: true }).click();
      await window.getByLabel("检查单位、检查组或检查人").fill("市总工会保障工作部");
      await window.getByRole("button", { name: /安\s*排/ }).click();
      await page.getByRole("heading", { name: `${NAME}：${kind}` }).waitFor();
    };

    /** Gives each item all its points but for some. */
    const mark = async (lost = {}) => {
      const { marks } = await get(program, page, `/station-inspections/${page.url().split("/").pop()}`);
      for (const { label, weight } of marks) await page.getByLabel(`${label}的得分`).fill(`${lost[label] ?? weight}`);
    };

    const submit = () => page.getByRole("button", { name: "提交检查结果" }).click();

    test("it is found below standard, with a photo and a deadline, and its stars follow", async () => {
      await (await found()).getByRole("article", { name: NAME }).getByText(/开放/).first().waitFor();
      await plan("暗访抽查");
      await pickDay(page.getByLabel("实际检查日期"), dayAfter(-40));
      await mark({ [FIRST_AID]: 0 });
      const item = page.getByRole("group").filter({ hasText: FIRST_AID });
      await item.getByRole("button", { name: "写情况、传照片" }).click();
      await item.getByLabel("检查情况").fill(WRONG);
      await item.locator("input[type=file]").setInputFiles(photo("急救箱.png"));
      await item.getByRole("img", { name: "急救箱" }).waitFor();
      // A page that is closed loses nothing of what was marked.
      await page.getByText("已保存。可以关闭本页").waitFor();
      await page.reload();
      await item.getByRole("img", { name: "急救箱" }).waitFor();
      assert.equal(await page.getByLabel(`${FIRST_AID}的得分`).inputValue(), "0");
      await submit();
      await page.getByText("检查未达标，请至少列出一条需要整改的问题和期限。").waitFor();
      await page.getByRole("button", { name: "加一条问题" }).click();
      await choose(page, page.getByLabel("所属项目"), FIRST_AID);
      // Enter in the day's field hands in what is complete.
      await pickDay(page.getByLabel("整改期限"), dayAfter(-30));
      await page.getByLabel("问题", { exact: true }).fill(WRONG);
      await shot(page, "station-inspection-form");
      assert.deepEqual(await barriers(page, "the checklist"), []);
      await submit();
      await page.getByText("得分 96 分").waitFor();
      await page.getByText("未达标").first().waitFor();
      await page.getByRole("link", { name: "急救箱", exact: true }).waitFor();
      await page.getByText("逾期 30 天").waitFor();
      await shot(page, "station-inspection");
      assert.deepEqual(await barriers(page, "an inspection"), []);
    });

    test("beyond its grace no phone offers it as open", async () => {
      const open = await found();
      assert.equal(await near(open).count(), 0);
      const any = await found("&open=no");
      await near(any).getByText("暂停开放（检查未达标，整改中）").waitFor();
      await shot(any, "phone-below-standard");
      await page.goto(`${program.url}/stations?attention=below_standard&q=S-981`);
      await page.getByText("共 1 个驿站").waitFor();
    });

    test("its master mends it with a photo, and who inspects confirms it", async () => {
      duty = await heldBy(program, master, "duty?part=findings");
      const finding = duty.getByRole("article", { name: WRONG });
      await finding.getByText(/已逾期30天/).waitFor();
      await finding.getByRole("button", { name: `上报整改：${WRONG}` }).click();
      await finding.getByLabel("怎么整改的").fill("已换成新药");
      await finding.locator("input[type=file]").setInputFiles(photo("新药.png"));
      await finding.getByText("照片1 已上传").waitFor();
      await shot(duty, "duty-finding");
      assert.deepEqual(await barriers(duty, "what is to be mended"), []);
      await finding.getByRole("button", { name: "上报", exact: true }).click();
      await finding.getByText("等检查单位核验").waitFor();

      await page.goto(`${program.url}/`);
      await page.getByRole("link", { name: "待核验的驿站整改" }).click();
      const row = page.getByRole("row").filter({ hasText: WRONG });
      await row.getByText("已换成新药").waitFor();
      await row.getByRole("button", { name: "核验" }).click();
      const window = dialog(page, "核验整改");
      await window.getByRole("button", { name: /确\s*定/ }).click();
      await row.waitFor({ state: "detached" });
      await duty.reload();
      await duty.getByText("没有待整改的问题").waitFor();
      // What is mended makes no stars: it stays shut until somebody looks at all of it again.
      assert.equal(await near(await found()).count(), 0);
    });

    test("inspected again and found good, it is offered at once", async () => {
      await plan("整改复查");
      await mark({ 共建单位的支持落到实处: 0 });
      await submit();
      await page.getByText("得分 93 分").waitFor();
      await page.getByText("四星").first().waitFor();
      await near(await found()).waitFor();
    });
  });
}
