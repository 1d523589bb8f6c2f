import { App } from "antd";
import { sentence } from "../../client/problem";
import type { Approval } from "./approve";

/** Says how many were approved, and why others were not: they wait on. */
export function useApprovedTold() {
  const { message, modal } = App.useApp();
  return ({ approved, refused, broken }: Approval) => {
    const done = `已批准 ${approved} 人`;
    if (refused.length === 0 && !broken) return message.success(`${done}。`);
    const left = refused.length > 0 ? `，${refused.length} 人未批准` : "";
    return modal.info({
      title: `${done}${left}`,
      okText: "知道了",
      content: (
        <>
          <ul>
            {[...new Set(refused.map((one) => one.reason))].map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
          {broken && <p>还有申请没有看完，请再按规则批准一次：{sentence(broken)}</p>}
        </>
      ),
    });
  };
}
