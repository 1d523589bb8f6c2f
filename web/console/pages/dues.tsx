import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, DatePicker, Segmented } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { get } from "../../client/http";
import type { DuesAnswer, DuesPage, DuesRow, MemberRow } from "../../client/types";
import { day, NOTHING, month as written, yuan } from "../../shared/words";
import { DuesFilesWindow } from "../membership/dues-files";
import { DuesTableWindow, DuesWindow, useDuesTold } from "../membership/dues-windows";
import { useChosen } from "../parts/chosen";
import { ListTable } from "../parts/list-table";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { ReasonWindow } from "../parts/reason-window";
import { dayOf } from "../parts/same-day";
import { TakeBack } from "../parts/take-back";
import { useMay, useToday } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { show: "unpaid", month: "" };

/** Dues of a month: who has not paid, and what was entered. */
export default function Dues() {
  const today = useToday();
  const [filters, change] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [paying, pay] = useState<string[]>();
  const [uploading, send] = useState(false);
  const [listing, list] = useState(false);
  const [mistaken, takeBack] = useState<DuesRow>();
  const may = useMay()("membership.keep_dues");
  const client = useQueryClient();
  const told = useDuesTold();
  const month = filters.month || `${today.slice(0, 7)}-01`;
  const asked = { organisation, month };
  const [chosen, choose] = useChosen<string>(asked);
  const again = () => {
    client.invalidateQueries({ queryKey: ["/dues"] });
    client.invalidateQueries({ queryKey: ["/dues/unpaid"] });
    client.invalidateQueries({ queryKey: ["/dues-files"] });
  };
  const done = (answer: DuesAnswer) => {
    pay(undefined);
    send(false);
    choose([]);
    told(answer);
    again();
  };
  const sum = useQuery({
    queryKey: ["/dues", asked, "sum"],
    queryFn: () => get<DuesPage>("/dues", { ...asked, limit: 0 }),
    enabled: organisation !== "",
  });
  const shown = (
    <>
      <Segmented
        aria-label="显示"
        value={filters.show}
        onChange={(show) => change({ show })}
        options={[
          { value: "unpaid", label: "未缴" },
          { value: "paid", label: "已登记" },
        ]}
      />
      <DatePicker
        picker="month"
        aria-label="所属月份"
        allowClear={false}
        value={dayOf(month)}
        onChange={(value) => change({ month: value?.format("YYYY-MM-01") ?? "" })}
      />
    </>
  );
  return (
    <>
      <PageHead
        note={`${written(month)}已登记 ${sum.data ? yuan(sum.data.amount_fen) : NOTHING} 元。保留会籍的会员不缴会费。`}
      >
        {may && (
          <>
            <Button onClick={() => list(true)}>登记过的表格</Button>
            <Button onClick={() => send(true)}>从表格登记</Button>
          </>
        )}
      </PageHead>
      {filters.show === "paid" ? (
        <ListTable<DuesRow>
          path="/dues"
          asked={asked}
          unit="笔"
          empty="这个月还没有登记会费。"
          filters={shown}
          columns={[
            { title: "会员", render: (_, row) => <Link to={`/members/${row.member_id}`}>{row.name}</Link> },
            { title: "工会", dataIndex: "organisation" },
            { title: "月份", render: (_, row) => written(row.month) },
            { title: "金额（元）", align: "right", render: (_, row) => yuan(row.amount_fen) },
            { title: "缴费日期", render: (_, row) => day(row.paid_on) },
            { title: "登记人", dataIndex: "actor" },
            {
              title: "办理",
              hidden: !may,
              render: (_, row) => <TakeBack reason={row.taken_back} take={() => takeBack(row)} />,
            },
          ]}
        />
      ) : (
        <ListTable<MemberRow>
          path="/dues/unpaid"
          asked={asked}
          unit="人"
          empty="这个月没有未登记会费的会员。"
          filters={shown}
          rowSelection={
            may
              ? {
                  selectedRowKeys: chosen,
                  onChange: (keys) => choose(keys.map(String)),
                  getCheckboxProps: (row) => ({ "aria-label": `选择${row.name}` }),
                }
              : undefined
          }
          acts={
            may &&
            chosen.length > 0 && (
              <Button type="primary" onClick={() => pay(chosen)}>
                登记选中（{chosen.length}）
              </Button>
            )
          }
          columns={[
            { title: "会员", render: (_, row) => <Link to={`/members/${row.id}`}>{row.name}</Link> },
            { title: "会员证号", dataIndex: "card_number" },
            { title: "工会", dataIndex: "organisation" },
            { title: "群体", dataIndex: "group_label" },
            { title: "入会日期", render: (_, row) => day(row.member_since) },
          ]}
        />
      )}
      <DuesWindow members={paying} month={month} close={() => pay(undefined)} done={done} />
      <DuesTableWindow
        open={uploading}
        organisation={organisation}
        month={month}
        close={() => send(false)}
        done={done}
      />
      <DuesFilesWindow open={listing} organisation={organisation} close={() => list(false)} done={again} />
      {mistaken && (
        <ReasonWindow
          open
          title="撤回会费登记"
          text={`${mistaken.name} ${written(mistaken.month)}的会费 ${yuan(mistaken.amount_fen)} 元；撤回后可以重新登记，记录仍可查到。`}
          path={`/dues/${mistaken.id}/take-back`}
          danger
          close={() => takeBack(undefined)}
          done={again}
        />
      )}
    </>
  );
}
