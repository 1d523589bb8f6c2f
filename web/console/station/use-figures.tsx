import { Button } from "antd";
import type { UseFigure } from "../../client/types";
import { count } from "../../shared/words";
import { PlainTable } from "../parts/plain-table";

interface UseFiguresProps {
  title: string;
  figures?: UseFigure[];
  /** Opens the records of a figure, where the ledger can tell them. */
  open?: (figure: UseFigure) => void;
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
            render: (_, one) =>
              open && one.value > 0 ? (
                <Button
                  type="link"
                  aria-label={`${one.label}：${count(one.value)}人次的记录`}
                  onClick={() => open(one)}
                >
                  {count(one.value)}
                </Button>
              ) : (
                count(one.value)
              ),
          },
          { title: "上年同期", align: "right", render: (_, one) => count(one.before) },
        ]}
      />
    </section>
  );
}
