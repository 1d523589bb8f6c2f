import { useQueryClient } from "@tanstack/react-query";
import { Button, Drawer, type TableProps, Tag } from "antd";
import { useState } from "react";
import type { Query } from "../../client/http";
import type { BudgetLine, PaymentRow } from "../../client/types";
import { day, yuan } from "../../shared/words";
import { useFocusBack } from "../parts/focus-back";
import { ListTable } from "../parts/list-table";
import { ReasonWindow } from "../parts/reason-window";

const COLUMNS: NonNullable<TableProps<PaymentRow>["columns"]> = [
  { title: "日期", dataIndex: "day", render: day },
  { title: "收款方", dataIndex: "payee" },
  { title: "金额（元）", dataIndex: "amount_fen", align: "right", render: yuan },
  { title: "用于", dataIndex: "organisation" },
  { title: "备注", dataIndex: "note" },
];

interface Props {
  line: BudgetLine;
  keeps: boolean;
  done: () => void;
}

/** The payments out of a line; one that was wrong is taken back, never erased. */
export function Payments({ line, keeps, done }: Props) {
  const client = useQueryClient();
  const [wrong, reverse] = useState<PaymentRow>();
  const path = `/budget-lines/${line.id}/payments`;
  return (
    <>
      <ListTable<PaymentRow>
        path={path}
        unit="笔"
        empty="还没有支付。"
        columns={[
          ...COLUMNS,
          {
            title: "状态",
            render: (_, row) =>
              row.reversed_at ? (
                <Tag title={row.reversed_because ?? undefined}>已冲销：{row.reversed_because}</Tag>
              ) : keeps ? (
                <Button type="link" onClick={() => reverse(row)}>
                  冲销
                </Button>
              ) : (
                "已付"
              ),
          },
        ]}
      />
      <ReasonWindow
        title={`冲销支付：${wrong?.payee ?? ""} ${yuan(wrong?.amount_fen ?? 0)} 元`}
        open={wrong !== undefined}
        close={() => reverse(undefined)}
        okText="冲销"
        danger
        path={`/payments/${wrong?.id}/reverse`}
        done={() => {
          client.invalidateQueries({ queryKey: [path] });
          done();
        }}
      />
    </>
  );
}

interface BehindProps {
  /** The indicator. */
  id: string;
  name: string;
  asked: Query;
  close: () => void;
}

/** The payments behind the money beside an indicator. */
export function PaymentsBehind({ id, name, asked, close }: BehindProps) {
  useFocusBack();
  return (
    <Drawer open size={Math.min(860, window.innerWidth)} onClose={close} title={`${name} · 支付记录`}>
      <ListTable<PaymentRow>
        path={`/indicators/${id}/payments`}
        asked={asked}
        unit="笔"
        empty="没有支付。"
        columns={[{ title: "经费项目", dataIndex: "line" }, ...COLUMNS]}
      />
    </Drawer>
  );
}
