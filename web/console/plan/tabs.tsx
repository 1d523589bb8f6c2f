import { Tabs } from "antd";
import { useNavigate } from "react-router";
import type { PlanDetail } from "../../client/types";

const TABS = [
  { key: "", label: "进度" },
  { key: "/budget", label: "经费" },
  { key: "/reports", label: "报告" },
];

/** The sides of a plan; its money is shown to who sees the plan's own organisation, not to those who carry it out. */
export function PlanTabs({ plan, shown }: { plan: Pick<PlanDetail, "id" | "own">; shown: string }) {
  const go = useNavigate();
  const items = TABS.filter(({ key }) => plan.own || key !== "/budget");
  return <Tabs activeKey={shown} items={items} onChange={(key) => go(`/plans/${plan.id}${key}`)} />;
}
