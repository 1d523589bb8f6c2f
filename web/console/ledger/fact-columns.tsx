import { Link } from "react-router";
import type { FactRow } from "../../client/types";
import { hasPage } from "../pages";
import { Word } from "../parts/word";

/** What was done; and whether it was taken back since. */
export const FACT_KIND = {
  title: "服务",
  render: (_: unknown, row: FactRow) => (
    <>
      {row.kind_label} {row.reversed && <Word tone="quiet">已冲销</Word>}{" "}
      {row.reverses && <Word tone="watch">冲销</Word>}
    </>
  ),
};

/** The record that tells of it, and the way there. */
export const FACT_SOURCE = {
  title: "来源",
  render: (_: unknown, { source: { path, label } }: FactRow) =>
    path && hasPage(path) ? <Link to={path}>{label}</Link> : label,
};
