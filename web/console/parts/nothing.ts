import type { TableProps } from "antd";
import { Fragment, isValidElement, type ReactNode } from "react";
import { NOTHING } from "../../shared/words";

/** What only stands around something. */
const AROUND: unknown[] = [Fragment, "div", "span"];

/** Whether nothing would be seen: no text, no number, nothing but empty places around them. */
function isNothing(shown: unknown): boolean {
  if (Array.isArray(shown)) return shown.every(isNothing);
  if (isValidElement<{ children?: ReactNode }>(shown))
    return AROUND.includes(shown.type) && isNothing(shown.props.children);
  return shown === undefined || shown === null || shown === "" || typeof shown === "boolean";
}

/** What is shown, or that there is nothing. */
export const orNothing = <T>(shown: T): NonNullable<T> | string =>
  shown === undefined || shown === null || isNothing(shown) ? NOTHING : shown;

/** What the columns of a row's buttons are called: a row that has none is nothing that is missing. */
const ACTS: unknown[] = ["办理", "更正"];

type Columns<T> = NonNullable<TableProps<T>["columns"]>;

/** The same columns, whose empty cells say that they are. */
export function told<T>(columns: Columns<T> | undefined): Columns<T> | undefined {
  return columns?.map((column) => {
    if ("children" in column) return { ...column, children: told<T>(column.children) ?? [] };
    if (ACTS.includes(column.title)) return column;
    const render = column.render ?? ((value: ReactNode) => value);
    return { ...column, render: (value, row, index) => orNothing(render(value, row, index)) };
  });
}
