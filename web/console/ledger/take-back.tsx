import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import type { FactRow } from "../../client/types";
import { count } from "../../shared/words";
import { ReasonWindow } from "../parts/reason-window";

/** Takes a record back: it stays, with one of opposite sign beside it, and neither counts any more. */
export function TakeBack({ fact, close }: { fact?: FactRow; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  return (
    <ReasonWindow
      title={fact ? `冲销：${fact.kind_label} ${count(fact.quantity)} ${fact.unit}` : ""}
      open={fact !== undefined}
      close={close}
      okText="冲销"
      danger
      text="原记录会保留，旁边加一条相反的记录；两条都不再计入任何数字。冲销后不能恢复，可重新登记。"
      path={`/facts/${fact?.id}/reverse`}
      done={() => {
        message.success("已冲销，相关数字已随之改变");
        client.invalidateQueries();
      }}
    />
  );
}
