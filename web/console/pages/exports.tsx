import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Progress, Space, Tabs, Tooltip, Typography } from "antd";
import { useEffect, useState } from "react";
import { address, post } from "../../client/http";
import type { ExportView } from "../../client/types";
import { count, minute, NOTHING } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { FormModal } from "../parts/form-modal";
import { ListTable, useList } from "../parts/list-table";
import { PageHead } from "../parts/page-head";
import type { Tone } from "../parts/tones";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { useFilters } from "../use-filters";

const STATES: Record<ExportView["state"], [string, Tone]> = {
  waiting: ["待批准", "watch"],
  queued: ["排队中", "plain"],
  running: ["正在生成", "plain"],
  done: ["可下载", "good"],
  refused: ["未批准", "bad"],
  cancelled: ["已取消", "quiet"],
  failed: ["没有做成", "bad"],
  expired: ["已到期删除", "quiet"],
};
const OPEN: ExportView["state"][] = ["waiting", "queued", "running"];
/** How often a page with something under way asks again, in milliseconds. */
const LOOK = 2000;

/** What I took away, and what others want to take away and I may decide on. */
export default function Exports() {
  const [filters, change] = useFilters({ tab: "mine" });
  const may = useMay();
  return (
    <>
      <PageHead title="导出" note="导出的文件会注明导出人和时间，每次申请、批准、下载都记入审计；文件到期自动删除。" />
      {may("export.approve") ? (
        <Tabs
          activeKey={filters.tab}
          onChange={(tab) => change({ tab })}
          items={[
            { key: "mine", label: "我的导出", children: <Mine /> },
            { key: "waiting", label: "待我批准", children: <Waiting /> },
          ]}
        />
      ) : (
        <Mine />
      )}
    </>
  );
}

function Mine() {
  const client = useQueryClient();
  const { rows } = useList<ExportView>("/exports");
  const isUnderWay = rows.some((row) => OPEN.includes(row.state));
  useEffect(() => {
    if (!isUnderWay) return;
    // Not while one is asked still: that would be broken off, and on a slow network none would ever come.
    const look = () => client.invalidateQueries({ queryKey: ["/exports"] }, { cancelRefetch: false });
    const timer = setInterval(look, LOOK);
    return () => clearInterval(timer);
  }, [client, isUnderWay]);
  return (
    <ListTable<ExportView>
      path="/exports"
      unit="个"
      empty="还没有导出过数据。在会员、台账等页面点“导出表格”即可。"
      columns={[
        { title: "内容", width: 240, render: (_, row) => <What row={row} /> },
        { title: "状态", width: 220, render: (_, row) => <State row={row} /> },
        { title: "行数", align: "right", render: (_, row) => count(row.rows) },
        { title: "申请时间", render: (_, row) => minute(row.asked_at) },
        { title: "保存到", render: (_, row) => row.state === "done" && minute(row.expires_at) },
        { title: "校验值", render: (_, row) => <Hash hash={row.hash} sha256={row.sha256} /> },
        { title: "办理", fixed: "end", render: (_, row) => <Acts row={row} /> },
      ]}
    />
  );
}

function What({ row }: { row: ExportView }) {
  return (
    <>
      {row.title}
      <div className="quiet small">
        {row.format === "xlsx" ? "Excel" : row.format.toUpperCase()}
        {row.reason && `，用途：${row.reason}`}
      </div>
      {row.filter && <div className="quiet small">{row.filter}</div>}
    </>
  );
}

function State({ row }: { row: ExportView }) {
  // What nobody approved in time never was a file.
  const lapsed = row.state === "expired" && !row.finished_at;
  const [label, tone]: [string, Tone] = lapsed ? ["过期无人批准", "bad"] : STATES[row.state];
  const told = row.failure ?? row.answer;
  return (
    <>
      <Word tone={tone}>{label}</Word>
      {row.state === "running" && row.rows > 0 && (
        <Progress percent={Math.min(99, Math.floor((row.done / row.rows) * 100))} size="small" />
      )}
      {told && <div className="quiet small">{told}</div>}
      {row.decided_by && row.state !== "refused" && <div className="quiet small">批准人：{row.decided_by}</div>}
    </>
  );
}

/** The beginning of a hash; the whole of both on demand, and to be copied, as nobody compares them with the file's own by eye. */
function Hash({ hash, sha256 }: { hash?: string | null; sha256?: string | null }) {
  if (!hash) return NOTHING;
  const both = `SM3：${hash} SHA-256：${sha256}`;
  return (
    <Tooltip title={both}>
      <Typography.Text code copyable={{ text: both, tooltips: ["复制校验值", "已复制"] }}>
        {hash.slice(0, 12)}…
      </Typography.Text>
    </Tooltip>
  );
}

function Acts({ row }: { row: ExportView }) {
  const client = useQueryClient();
  return (
    <Space>
      {row.state === "done" && (
        <Button type="link" size="small" href={address(`/exports/${row.id}/file`)} download>
          下载
        </Button>
      )}
      {(row.state === "done" || OPEN.includes(row.state)) && (
        <ConfirmButton<ExportView>
          type="link"
          size="small"
          question={
            row.state === "done"
              ? {
                  title: "现在就删除这个文件？",
                  text: "删除后不能再下载；导出记录仍然保留。",
                  okText: "删除",
                  danger: true,
                }
              : { title: "取消这个导出？", okText: "取消导出" }
          }
          run={(sending) => post<ExportView>(`/exports/${row.id}/cancel`, undefined, sending)}
          done={() => client.invalidateQueries({ queryKey: ["/exports"] })}
        >
          {row.state === "done" ? "删除" : "取消"}
        </ConfirmButton>
      )}
    </Space>
  );
}

function Waiting() {
  const client = useQueryClient();
  const [refusing, refuse] = useState<ExportView>();
  const again = () => client.invalidateQueries({ queryKey: ["/exports/waiting"] });
  return (
    <>
      <ListTable<ExportView>
        path="/exports/waiting"
        unit="个"
        empty="没有等待批准的导出。"
        columns={[
          { title: "内容", width: 240, render: (_, row) => <What row={row} /> },
          { title: "单位", dataIndex: "organisation" },
          { title: "申请人", dataIndex: "asked_by" },
          { title: "行数", align: "right", render: (_, row) => count(row.rows) },
          { title: "包含的栏目", width: 280, render: (_, row) => row.columns.join("、") },
          { title: "申请时间", render: (_, row) => minute(row.asked_at) },
          {
            title: "办理",
            fixed: "end",
            render: (_, row) => (
              <Space>
                <ConfirmButton<ExportView>
                  type="link"
                  size="small"
                  question={{
                    title: `批准导出 ${count(row.rows)} 行？`,
                    text: `${row.asked_by} 申请，用途：${row.reason ?? "未写"}。`,
                    okText: "批准",
                  }}
                  run={(sending) => post<ExportView>(`/exports/${row.id}/approve`, undefined, sending)}
                  done={again}
                >
                  批准
                </ConfirmButton>
                <Button type="link" size="small" danger onClick={() => refuse(row)}>
                  不批准
                </Button>
              </Space>
            ),
          },
        ]}
      />
      <FormModal<{ reason: string }, ExportView>
        title={`不批准：${refusing?.title ?? ""}`}
        open={refusing !== undefined}
        close={() => refuse(undefined)}
        okText="不批准"
        danger
        submit={(form, sending) => post<ExportView>(`/exports/${refusing?.id}/refuse`, form, sending)}
        done={() => {
          refuse(undefined);
          again();
        }}
      >
        <Form.Item label="原因（申请人会看到）" name="reason" rules={[{ required: true, message: "请写明原因" }]}>
          <Input.TextArea rows={3} maxLength={200} />
        </Form.Item>
      </FormModal>
    </>
  );
}
