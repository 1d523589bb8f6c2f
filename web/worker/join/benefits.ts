// What every rider may read while the rest of the page is still on its way: it lies in the page itself (`standing.ts`).

/** What joining takes. */
export const LEAD =
  "入会自愿，不收取报名费。准备好手机和身份证，填写姓名、证件号码和工种，大约一分钟办好；入会后凭会员证享受工会的服务和礼遇。";

/** What the union does for its members. In general words: what exactly, and for whom, each union decides. */
export const BENEFITS = [
  ["遇事有人帮", "劳动报酬、工伤、合同有纠纷，工会帮您协商、调解"],
  ["免费法律援助", "咨询、代写文书、代理仲裁诉讼，不收费"],
  ["12351 热线", "有诉求打电话，件件有答复"],
  ["入会礼遇", "符合条件的新会员可领入会礼包"],
  ["意外和医疗保障", "参加职工互助保障，出险有补助"],
  ["困难有帮扶", "患大病、遇灾害、子女上学困难，可申请帮扶"],
  ["节日有慰问", "两节送温暖、夏送清凉、冬送关怀"],
  ["健康和疗休养", "免费体检、职工疗休养"],
  ["学技能、提学历", "技能培训、技能竞赛、求学圆梦"],
  ["驿站歇歇脚", "工会驿站饮水、热饭、充电、休息"],
] as const;
