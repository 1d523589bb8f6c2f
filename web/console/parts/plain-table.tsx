import { Table, type TableProps } from "antd";
import { told } from "./nothing";
import { reach } from "./reach";

/** A short table: all its rows at once, as wide as they are. It says that there are none only where rows were asked for and came. */
export function PlainTable<T extends object>(props: TableProps<T>) {
  return (
    <div ref={reach}>
      <Table<T>
        rowKey="id"
        size="middle"
        pagination={false}
        scroll={{ x: "max-content" }}
        {...props}
        columns={told(props.columns)}
        locale={props.loading || !props.dataSource ? { emptyText: " " } : props.locale}
      />
    </div>
  );
}
