import { Tabs } from "antd";
import { useNavigate } from "react-router";
import type { PlanDetail } from "../../client/types";

const TABS = [
  { key: "", label: "进度" },
  { key: "/budget", label: "经费" },
  { key: "/reports", label: "报告" },
];

/** The sides of a plan. */
export function PlanTabs({ plan, shown }: { plan: Pick<PlanDetail, "id">; shown: string }) {
  const go = useNavigate();
  return <Tabs activeKey={shown} items={TABS} onChange={(key) => go(`/plans/${plan.id}${key}`)} />;
}
