import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { get } from "../../client/http";
import type { KeyStanding, UnopenedValue } from "../../client/types";
import { count, daysAfter, minute } from "../../shared/words";
import { ListTable } from "../parts/list-table";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { ReasonWindow } from "../parts/reason-window";
import { Word } from "../parts/word";
import { useToday } from "../session";

/** How far the rotation of the key is, and which sealed values can't be opened. */
export default function Keys() {
  const [chosen, choose] = useState<string[]>([]);
  const [asking, ask] = useState(false);
  const client = useQueryClient();
  const today = useToday();
  const standing = useQuery({ queryKey: ["/keys"], queryFn: () => get<KeyStanding>("/keys") });
  return (
    <>
      <PageHead note="证件号码、手机号码等以密文保存，密钥由系统管理员在服务器上每年轮换。" />
      <ProblemNotice problem={standing.error} again={() => standing.refetch()} />
      {standing.data && (
        <>
          <p role="status">
            <Stand of={standing.data} today={today} />
          </p>
          <ListTable<UnopenedValue>
            path="/keys/unopened"
            unit="项"
            empty="没有损坏的数据。"
            rowSelection={{
              selectedRowKeys: chosen,
              onChange: (keys) => choose(keys.map(String)),
              getCheckboxProps: (row) => ({
                disabled: Boolean(row.set_aside_at),
                "aria-label": `选择 ${row.table}.${row.column} ${row.row}`,
              }),
            }}
            acts={
              chosen.length > 0 && (
                <Button danger onClick={() => ask(true)}>
                  搁置选中（{chosen.length}）
                </Button>
              )
            }
            columns={[
              { title: "数据表", dataIndex: "table" },
              { title: "字段", dataIndex: "column" },
              { title: "行", dataIndex: "row" },
              { title: "密钥版本", render: (_, row) => row.sealed_under ?? "无法辨认" },
              { title: "发现时间", render: (_, row) => minute(row.found_at) },
              {
                title: "状态",
                render: (_, row) =>
                  row.set_aside_at ? <Word tone="quiet">已搁置</Word> : <Word tone="bad">无法解密</Word>,
              },
              {
                title: "搁置",
                render: (_, row) =>
                  row.set_aside_at && `${minute(row.set_aside_at)} ${row.set_aside_by}：${row.reason}`,
              },
            ]}
          />
        </>
      )}
      <ReasonWindow
        title={`搁置选中的 ${chosen.length} 项`}
        okText="搁置"
        danger
        text="请先确认备份里没有完好的一份。搁置的数据原样保留在旧密钥下，日后找到完好的一份仍可恢复；但按它查不到人，请尽快补登。搁置记入审计。"
        path="/keys/set-aside"
        beside={{ ids: chosen }}
        open={asking}
        close={() => ask(false)}
        done={() => {
          choose([]);
          for (const path of ["/keys", "/keys/unopened"]) client.invalidateQueries({ queryKey: [path] });
        }}
      />
    </>
  );
}

/** After so many days the key is to be rotated, as `niangjia doctor` says on the server. */
const YEAR = 365;

function Stand({ of, today }: { of: KeyStanding; today: string }) {
  if (of.unopened > 0)
    return (
      <>
        <Word tone="bad">未完成</Word> 换用版本 {of.version} 的密钥还没有完成：有 {count(of.unopened)}{" "}
        项数据已损坏，无法解密。找回或搁置后自动完成。
      </>
    );
  if (!of.done_at)
    return (
      <>
        <Word tone="watch">正在换用</Word> 版本 {of.version} 的密钥已启用，旧数据正在后台重新加密。
      </>
    );
  const isOld = Boolean(today && of.made_at && of.made_at.slice(0, 10) < daysAfter(today, -YEAR));
  return (
    <>
      <Word tone={isOld ? "watch" : "good"}>{isOld ? "该轮换了" : "正常"}</Word> 版本 {of.version} 的密钥自{" "}
      {minute(of.done_at)} 起用于全部数据（已搁置的除外）。
      {isOld && "它已用了一年多，请系统管理员在服务器上轮换，不用停机。"}
    </>
  );
}
