import { Table, type TableProps } from "antd";

/** A short table: all its rows at once, as wide as they are; before they are there it doesn't say that there are none. */
export function PlainTable<T extends object>(props: TableProps<T>) {
  return (
    <Table<T>
      rowKey="id"
      size="middle"
      pagination={false}
      scroll={{ x: "max-content" }}
      {...props}
      locale={props.loading ? { emptyText: " " } : props.locale}
    />
  );
}
