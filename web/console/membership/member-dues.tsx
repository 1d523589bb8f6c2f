import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import type { DuesPage, DuesRow, MemberDetail } from "../../client/types";
import { day, month, yuan } from "../../shared/words";
import { ListTable, useList } from "../parts/list-table";
import { ProblemNotice } from "../parts/problem-notice";
import { TakeBack } from "../parts/take-back";
import { useMay, useToday } from "../session";
import { DuesWindow, useDuesTold } from "./dues-windows";

/** The dues that one member paid. */
export function MemberDues({ member }: { member: MemberDetail }) {
  const may = useMay();
  const today = useToday();
  const client = useQueryClient();
  const told = useDuesTold();
  const [paying, pay] = useState(false);
  const asked = { member: member.id, limit: 24 };
  const { list, rows } = useList<DuesRow>("/dues", asked);
  const all = list.data?.pages[0] as DuesPage | undefined;
  const enters = may("membership.keep_dues") && member.member_since;
  if (!enters && rows.length === 0) return <ProblemNotice problem={list.error} again={() => list.refetch()} />;
  return (
    <section aria-label="会费" className="below">
      <div className="filters">
        <h2>会费</h2>
        {rows.length > 0 && <span className="quiet">共 {yuan(all?.amount_fen ?? 0)} 元</span>}
        {enters && <Button onClick={() => pay(true)}>登记会费</Button>}
      </div>
      {rows.length === 0 && <ProblemNotice problem={list.error} again={() => list.refetch()} />}
      {rows.length > 0 && (
        <ListTable<DuesRow>
          path="/dues"
          asked={asked}
          unit="笔"
          columns={[
            { title: "月份", render: (_, row) => month(row.month) },
            { title: "金额（元）", align: "right", render: (_, row) => yuan(row.amount_fen) },
            { title: "缴费日期", render: (_, row) => day(row.paid_on) },
            { title: "登记", dataIndex: "actor" },
            { title: "撤回", render: (_, row) => row.taken_back && <TakeBack reason={row.taken_back} /> },
          ]}
        />
      )}
      <DuesWindow
        members={paying ? [member.id] : undefined}
        month={`${today.slice(0, 7)}-01`}
        close={() => pay(false)}
        done={(answer) => {
          pay(false);
          told(answer);
          client.invalidateQueries();
        }}
      />
    </section>
  );
}
