import { Fragment } from "react";
import { day, minute } from "../../shared/words";

/** What a part of the copy and its columns are called. */
interface Named {
  heading: string;
  columns: Record<string, string>;
}

type Row = Record<string, unknown>;

/** The copy of what is kept about me, as the file has it. */
export interface MyCopy {
  parts: Record<string, Named>;
  others: Record<string, Named & { rows: Row[] }>;
  [part: string]: unknown;
}

/** Keys and codes are for other systems, which find them in the file. */
const isForPeople = (label: string | undefined): label is string => label !== undefined && !/(编号|代码)$/.test(label);

const rowsOf = (told: unknown): Row[] => (Array.isArray(told) ? told : [told]) as Row[];

/** What is in the file, to be read at once: a phone seldom opens such a file by itself. */
export function CopyRead({ copy }: { copy: MyCopy }) {
  const own = Object.entries(copy.parts).map(([name, called]) => ({ name, ...called, rows: rowsOf(copy[name]) }));
  const others = Object.entries(copy.others).map(([name, section]) => ({ name, ...section }));
  return (
    <section aria-label="导出的信息">
      <p className="quiet">文件里的内容：</p>
      {[...own, ...others]
        .filter((part) => part.rows.length > 0)
        .map((part) => (
          <details key={part.name}>
            <summary>
              {part.heading}
              {part.rows.length > 1 && `（${part.rows.length}条）`}
            </summary>
            <Rows rows={part.rows} columns={part.columns} />
          </details>
        ))}
    </section>
  );
}

function Rows({ rows, columns }: { rows: Row[]; columns: Named["columns"] }) {
  return rows.map((row, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows of a copy never change.
    <dl className="facts" key={place}>
      {Object.entries(row).map(([name, value]) => {
        const label = columns[name];
        if (!isForPeople(label) || value === null || (Array.isArray(value) && value.length === 0)) return null;
        return (
          <Fragment key={name}>
            <dt>{label}</dt>
            <dd>{typeof value === "object" ? <Rows rows={rowsOf(value)} columns={columns} /> : plain(value)}</dd>
          </Fragment>
        );
      })}
    </dl>
  ));
}

/** A value as people read it. */
function plain(value: unknown): string {
  if (typeof value === "boolean") return value ? "是" : "否";
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return minute(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? day(text) : text;
}
