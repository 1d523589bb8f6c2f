import { Button, Drawer } from "antd";
import { Link } from "react-router";
import type { Query } from "../../client/http";
import type { StationUseRecord } from "../../client/types";
import { count, fromTo, minute } from "../../shared/words";
import { useFocusBack } from "../parts/focus-back";
import { ListTable } from "../parts/list-table";
import { TakeAway } from "../parts/take-away";

interface FigureProps {
  /** What it counts. */
  label: string;
  value?: number | null;
  open: () => void;
}

/** A figure of use that opens to its records. */
export function Figure({ label, value, open }: FigureProps) {
  if (!value) return count(value);
  return (
    <Button type="link" className="opens" aria-label={`${label}：${count(value)}人次的记录`} onClick={open}>
      {count(value)}
    </Button>
  );
}

/** A figure that is opened: what it counts, how many in which days, and what passes for it. */
export interface Opened {
  title: string;
  value?: number | null;
  period: { from: string; to: string };
  asked: Query;
}

/** The visits or services that make a figure up, the last written down first. */
export function UseRecords({ title, value, period, asked, close }: Opened & { close: () => void }) {
  useFocusBack();
  const { organisation, ...rest } = asked;
  const filter = { ...period, ...rest };
  return (
    <Drawer open size={Math.min(920, window.innerWidth)} onClose={close} title={`${title} · 逐笔记录`}>
      <p className="quiet">
        {fromTo(period.from, period.to)}
        {value != null && `，合计 ${count(value)} 人次`}
      </p>
      <ListTable<StationUseRecord>
        path="/stations/use/records"
        asked={{ organisation, ...filter }}
        rowKey={(row) => row.entry.id}
        empty="没有登记。"
        acts={
          <TakeAway
            path="/stations/use/records/exports"
            asked={filter}
            organisation={String(organisation)}
            permission="station.export"
          />
        }
        columns={[
          { title: "时间", render: (_, row) => minute(row.entry.happened_at) },
          { title: "事项", render: (_, row) => row.entry.label },
          { title: "人次", align: "right", render: (_, row) => count(row.entry.quantity) },
          { title: "群体", render: (_, row) => row.entry.group_label ?? "不分群体" },
          { title: "本人", render: (_, row) => row.entry.name ?? "按人数" },
          {
            title: "驿站",
            render: (_, row) => (
              <Link to={`/stations/${row.station_id}`}>
                {row.station_code} {row.station}
              </Link>
            ),
          },
          { title: "所属工会", dataIndex: "organisation" },
        ]}
      />
    </Drawer>
  );
}
