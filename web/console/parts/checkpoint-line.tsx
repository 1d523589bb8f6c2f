import { useQuery } from "@tanstack/react-query";
import { Button, Typography } from "antd";
import { address, get } from "../../client/http";
import type { CheckpointStanding } from "../../client/types";
import { count, minute } from "../../shared/words";
import { useMay } from "../session";
import { ProblemNotice } from "./problem-notice";

/** How far the audit chain is secured by a signed line that is kept elsewhere, and the way to take these lines away. */
export function CheckpointLine() {
  const may = useMay();
  const standing = useQuery({
    queryKey: ["/audit/checkpoints"],
    queryFn: () => get<CheckpointStanding>("/audit/checkpoints", { limit: 1 }),
  });
  if (standing.error) return <ProblemNotice problem={standing.error} />;
  const last = standing.data?.checkpoints.items[0];
  return (
    <p className="quiet" role="note">
      {last ? (
        <>
          最近的检查点：{minute(last.at)}，第 {count(Number(last.position))} 条，校验值{" "}
          <Typography.Text code copyable={{ text: last.hash, tooltips: ["复制校验值", "已复制"] }}>
            {last.hash.slice(0, 12)}…
          </Typography.Text>
          {last.handed_out_at ? "，已送往异地留存。" : "，还没有送往异地，请取走后存到本机管理员够不着的地方。"}
        </>
      ) : (
        "还没有检查点，系统每天生成一个。"
      )}
      {last && may("audit.export") && (
        <Button type="link" size="small" href={address("/audit/checkpoints/file")} download>
          取走检查点
        </Button>
      )}
    </p>
  );
}
