import { SearchOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Empty, Input, Table, type TableProps } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { get, type Query } from "../../client/http";
import type { Page } from "../../client/types";
import { count, listed } from "../../shared/words";
import { told } from "./nothing";
import { ProblemNotice } from "./problem-notice";
import { reach } from "./reach";

/** The rows of a list as far as they were asked for. It waits until it is known of which organisation, if of one. */
export function useList<T>(path: string, asked: Query = {}, enabled = asked.organisation !== "") {
  const list = useInfiniteQuery({
    queryKey: [path, asked],
    queryFn: ({ pageParam, signal }) => get<Page<T>>(path, { ...asked, cursor: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    enabled,
  });
  return { list, rows: list.data?.pages.flatMap((page) => page.items) ?? [], total: list.data?.pages[0]?.total };
}

/** For a table of many columns: cells take a second line before any is pushed out of sight on a usual screen. */
export const WRAPPED = { x: 1000 };

interface ListProps<T> extends Pick<TableProps<T>, "columns" | "rowSelection" | "expandable" | "scroll"> {
  /** Of the interface, like `/members`. Its parts are the query's key: invalidate `[path]` after a change. */
  path: string;
  /** The filters, as the interface names them; usually straight from `useFilters`. */
  asked?: Query;
  /** False while something else than the organisation is needed for the question and isn't known yet. */
  enabled?: boolean;
  rowKey?: TableProps<T>["rowKey"];
  /** What to say and do when there is nothing. */
  empty?: ReactNode;
  /** Whether a filter is set: then there may be something that it keeps out. */
  filtered?: boolean;
  /** What the rows are counted in: `位会员`. */
  unit?: string;
  /** Filters to the left of the total. */
  filters?: ReactNode;
  /** Buttons beside the total. */
  acts?: ReactNode;
}

/** A list by cursor, with its filters, total, and what stands when it is empty, loading or refused. */
export function ListTable<T extends object>(props: ListProps<T>) {
  const { path, asked, enabled, rowKey, unit = "条", filters, acts, filtered, rowSelection, ...table } = props;
  const empty = (!filtered && props.empty) || "没有符合条件的记录。";
  const { list, rows, total } = useList<T>(path, asked, enabled);
  return (
    <section ref={reach}>
      <div className="filters">
        {filters}
        {total !== undefined && (
          <span className="quiet" role="status">
            {listed(total)} {unit}
          </span>
        )}
        {acts && <span className="filters-acts">{acts}</span>}
      </div>
      <ProblemNotice problem={list.error} again={() => list.refetch()} />
      <Table<T>
        {...table}
        columns={told(table.columns)}
        rowSelection={rowSelection && { getTitleCheckboxProps: () => ({ "aria-label": "全选" }), ...rowSelection }}
        rowKey={rowKey ?? "id"}
        size="middle"
        loading={list.isPending && list.fetchStatus !== "idle"}
        dataSource={rows}
        pagination={false}
        scroll={table.scroll ?? { x: "max-content" }}
        locale={{ emptyText: list.isSuccess ? <Empty description={empty} /> : " " }}
      />
      {list.hasNextPage && (
        <Button block className="more" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          再取一页（已显示 {count(rows.length)} {unit}）
        </Button>
      )}
    </section>
  );
}

interface SearchProps {
  label: string;
  value: string;
  change: (text: string) => void;
}

/** The search of a list; Enter searches. */
export function SearchBox({ label, value, change }: SearchProps) {
  const [typed, type] = useState(value);
  // The address may change by itself. The field is the same one: made anew, it would lose the focus with each search.
  useEffect(() => type(value), [value]);
  return (
    <Input.Search
      className="search-box"
      aria-label={label}
      placeholder={label}
      allowClear
      searchIcon={<SearchOutlined aria-label="查找" />}
      value={typed}
      onChange={(event) => type(event.target.value)}
      onSearch={(text) => change(text.trim())}
    />
  );
}
