import type { UseFigure } from "../../client/types";
import { PlainTable } from "../parts/plain-table";
import { Figure } from "./use-records";

interface UseFiguresProps {
  title: string;
  figures?: UseFigure[];
  /** Opens the records of a figure, or of the same days of the year before. */
  open: (figure: UseFigure, before: boolean) => void;
}

/** Figures of one kind, each beside that of the same days of the year before. */
export function UseFigures({ title, figures, open }: UseFiguresProps) {
  return (
    <section className="card">
      <PlainTable<UseFigure>
        rowKey="key"
        size="small"
        loading={!figures}
        dataSource={figures}
        locale={{ emptyText: "这段时间没有登记。" }}
        columns={[
          { title, dataIndex: "label" },
          {
            title: "人次",
            align: "right",
            render: (_, one) => <Figure label={one.label} value={one.value} open={() => open(one, false)} />,
          },
          {
            title: "上年同期",
            align: "right",
            render: (_, one) => (
              <Figure label={`${one.label}上年同期`} value={one.before} open={() => open(one, true)} />
            ),
          },
        ]}
      />
    </section>
  );
}
