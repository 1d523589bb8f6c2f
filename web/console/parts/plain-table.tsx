import { Table, type TableProps } from "antd";

/** A short table: all its rows at once, as wide as they are. */
export function PlainTable<T extends object>(props: TableProps<T>) {
  return <Table<T> rowKey="id" size="middle" pagination={false} scroll={{ x: "max-content" }} {...props} />;
}
