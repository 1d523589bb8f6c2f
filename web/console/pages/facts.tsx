import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Drawer, Empty } from "antd";
import { useState } from "react";
import { get, type Query } from "../../client/http";
import type { FactPage, FactRow } from "../../client/types";
import { count, day, listed, yuan } from "../../shared/words";
import { FACT_KIND, FACT_SOURCE } from "../ledger/fact-columns";
import { type Days, within } from "../ledger/narrowed";
import { TakeBack } from "../ledger/take-back";
import { DayRange } from "../parts/day-range";
import { useFocusBack } from "../parts/focus-back";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { TakeAway } from "../parts/take-away";
import { useMay } from "../session";

interface Asked {
  asked: Query & Days;
  title: string;
  close: () => void;
}

/** Whether it can be reversed here: what has a page of its own is put right there. */
const isReversible = ({ source, reversed, reverses }: FactRow) => !source.path && !reversed && !reverses;

/** The records behind a figure, what was recorded last first; among thousands one is looked for by its day. */
export function Facts({ asked: all, title, close }: Asked) {
  useFocusBack();
  const [days, narrow] = useState({ from: "", to: "" });
  // What lies outside the figure's own days is not behind it.
  const asked = { ...all, ...within(all, days) };
  const list = useInfiniteQuery({
    queryKey: ["facts", asked],
    queryFn: ({ pageParam }) => get<FactPage>("/facts", { ...asked, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
  const [wrong, takeBack] = useState<FactRow>();
  const may = useMay();
  const rows = list.data?.pages.flatMap((page) => page.items);
  const hidden = list.data?.pages[0]?.hidden ?? 0;
  return (
    <Drawer open size={Math.min(1040, window.innerWidth)} onClose={close} title={`${title} · 逐笔记录`}>
      {list.isError && <ProblemNotice problem={list.error} again={() => list.refetch()} />}
      {list.data && (
        <div className="filters">
          <DayRange label="记录日期" from={days.from} to={days.to} change={narrow} />
          <span role="status">{listed(list.data.pages[0]?.total ?? 0)} 笔</span>
          <span className="filters-acts">
            <TakeAway path="/facts/exports" asked={asked} permission="ledger.export" personal />
          </span>
        </div>
      )}
      {hidden > 0 && (
        <p className="quiet">数字里另有 {count(hidden)} 笔：记录单位后来划出了您的管辖范围，现在看不到这些记录。</p>
      )}
      <PlainTable<FactRow>
        size="small"
        loading={list.isPending}
        dataSource={rows}
        locale={{ emptyText: <Empty description={days.from || days.to ? "这些日子没有记录。" : "没有记录。"} /> }}
        columns={[
          { title: "日期", dataIndex: "day", render: day },
          FACT_KIND,
          { title: "职工", render: (_, row) => row.person?.name },
          { title: "记录单位", render: (_, row) => row.organisation.name },
          { title: "数量", dataIndex: "quantity", align: "right", render: count },
          { title: "金额（元）", dataIndex: "amount_fen", align: "right", render: yuan },
          FACT_SOURCE,
          {
            title: "办理",
            fixed: "end",
            hidden: !may("ledger.reverse") || !rows?.some(isReversible),
            render: (_, row) =>
              isReversible(row) && (
                <Button type="link" size="small" onClick={() => takeBack(row)}>
                  冲销
                </Button>
              ),
          },
        ]}
      />
      {list.hasNextPage && (
        <Button block style={{ marginTop: 12 }} loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          再取一页
        </Button>
      )}
      <TakeBack fact={wrong} close={() => takeBack(undefined)} />
    </Drawer>
  );
}
