import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import type { StationInspectionsCancelled } from "../../client/types";
import { useManyTold } from "../parts/many-told";
import { ReasonWindow } from "../parts/reason-window";

interface CancelProps {
  /** Which inspections, by the names of their stations. */
  of: { id: string; name: string }[];
  /** What the button says. */
  says: string;
  done: () => void;
}

/** Cancels several planned inspections together; what can't be cancelled is told. Nothing where there are none. */
export function CancelMany({ of, says, done }: CancelProps) {
  const [open, ask] = useState(false);
  const client = useQueryClient();
  const say = useManyTold();
  const cancelled = ({ cancelled, refused }: StationInspectionsCancelled) => {
    client.invalidateQueries({ queryKey: ["/station-inspections"] });
    say(`已取消 ${cancelled} 次检查`, refused, "次没有取消", (id) => of.find((one) => one.id === id)?.name ?? "");
    done();
  };
  if (of.length === 0) return null;
  return (
    <>
      <Button onClick={() => ask(true)}>{says}</Button>
      <ReasonWindow<StationInspectionsCancelled>
        open={open}
        danger
        title={says}
        text="已经登记了结果的不取消，并列出原因。"
        path="/station-inspections/cancel"
        beside={{ inspections: of.map((one) => one.id) }}
        close={() => ask(false)}
        done={cancelled}
      />
    </>
  );
}
