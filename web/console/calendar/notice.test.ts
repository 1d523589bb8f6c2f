import { expect, test } from "vitest";
import { holidays } from "./days";
import { readNotice } from "./notice";

const OF_2026 = `国务院办公厅关于2026年
部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。`;

test("the notice of a year gives its days off and the weekends that are worked", () => {
  const days = readNotice(OF_2026, 2026);
  expect(days.length).toBe(39);
  expect(holidays(days, 2026).map(({ name, off, work }) => `${name} ${off} ${work}`)).toEqual([
    "元旦 1月1日至1月3日 1月4日",
    "春节 2月15日至2月23日 2月14日、2月28日",
    "清明节 4月4日至4月6日 ",
    "劳动节 5月1日至5月5日 5月9日",
    "端午节 6月19日至6月21日 ",
    "国庆节 10月1日至10月7日 9月20日、10月10日",
    "中秋节 9月25日至9月27日 ",
  ]);
});

test("a single day, another year's days, and what is only encouraged are read as they are meant", () => {
  const off = (line: string, year: number) => readNotice(line, year).map((one) => one.day);
  expect(off("一、元旦：1月1日放假，与周末连休。", 2024)).toEqual(["2024-01-01"]);
  expect(off("一、元旦：1月1日（周三）放假1天，不调休。", 2025)).toEqual(["2025-01-01"]);
  expect(off("一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023)).toEqual([
    "2022-12-31",
    "2023-01-01",
    "2023-01-02",
  ]);
  expect(off("元旦：12月30日至1月1日放假调休，共3天。", 2018)).toEqual(["2017-12-30", "2017-12-31", "2018-01-01"]);
  const spring = "二、春节：2月10日至12日放假调休，共3天。2月4日上班。鼓励安排职工在除夕（2月9日）休息，2月9日放假。";
  expect(off(spring, 2024)).toEqual(["2024-02-04", "2024-02-10", "2024-02-11", "2024-02-12"]);
});

test("what can't be right is refused in words", () => {
  expect(() => readNotice(OF_2026, 2027)).toThrow("这是2026年的通知");
  expect(() => readNotice("各单位要妥善安排好值班。", 2027)).toThrow("没有认出");
  expect(() => readNotice("二、春节：2月15日至23日放假调休，共8天。", 2026)).toThrow("写的是8天，认出9天");
  expect(() => readNotice("春节：2月30日放假。", 2026)).toThrow("没有2月30日");
  expect(() => readNotice("春节：2月20日至2月12日放假。", 2026)).toThrow("颠倒");
});
