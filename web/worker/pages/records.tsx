import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import type { FactRow, Page } from "../../client/types";
import { count, day, yuan } from "../../shared/words";
import { ask } from "../ask";
import { Frame, Loading } from "../frame";
import { PageFailed } from "../next-page";
import { findStation } from "../station-line";
import { isStranger, ToLogIn } from "../use-mine";

/** Everything that my union did for me, newest first. */
export function RecordsPage() {
  const asked = useInfiniteQuery({
    queryKey: ["mine", "records"],
    queryFn: ({ pageParam, signal }) => ask<Page<FactRow>>("/me/records", { cursor: pageParam, limit: 20 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (isStranger(asked.error)) return <ToLogIn />;
  const total = asked.data?.pages[0]?.total;
  // A row that takes another back stands as a word at that one.
  const rows = asked.data?.pages.flatMap((page) => page.items).filter((row) => !row.reverses) ?? [];
  return (
    <Frame title="工会为我做的事">
      {total !== undefined && total > 0 && <p className="quiet">记录来自工会台账，不能私自改动。</p>}
      {total === 0 && <p className="note">还没有记录。工会为您办的每件事，都会记在这里。</p>}
      <Years rows={rows} />
      {asked.isPending && <Loading />}
      <PageFailed asked={asked} />
      {asked.hasNextPage && !asked.isError && (
        <More busy={asked.isFetchingNextPage} more={() => asked.fetchNextPage()} />
      )}
    </Frame>
  );
}

function Years({ rows }: { rows: FactRow[] }) {
  const years = [...new Set(rows.map((row) => row.day.slice(0, 4)))];
  return years.map((year) => (
    <section key={year} aria-label={`${year}年`}>
      <h2>{year}年</h2>
      <ol className="line">
        {rows
          .filter((row) => row.day.startsWith(year) && !isHidden(row, rows))
          .map((row) => (
            <Entry key={row.id} row={row} name={nameOf(row, rows)} />
          ))}
      </ol>
    </section>
  ));
}

/** Facts that count members read, on one's own line, as what happened. */
const MEMBERSHIP = "membership";

function nameOf(row: FactRow, rows: readonly FactRow[]): string {
  if (row.kind !== MEMBERSHIP) return row.kind_label;
  if (row.quantity > 0)
    return rows.some((one) => next(one, rows) === row && isSame(one, row)) ? "职工群体变更" : "会籍记入";
  return next(row, rows) ? "会籍转出" : "会籍终止";
}

/** Where a membership that is counted no more was counted from the same day on; nowhere if it ended. */
const next = (row: FactRow, rows: readonly FactRow[]) =>
  row.kind === MEMBERSHIP && row.quantity < 0
    ? rows
        .slice(0, rows.indexOf(row))
        .filter((later) => later.kind === MEMBERSHIP && later.quantity > 0 && later.day === row.day)
        .pop()
    : undefined;

/** Whether both are of one union: there he is counted in another group of workers. */
const isSame = (one: FactRow, other: FactRow) => one.organisation.id === other.organisation.id;

/** Whether a row tells only that the one behind it follows. */
const isHidden = (row: FactRow, rows: readonly FactRow[]) => {
  const follows = next(row, rows);
  return follows !== undefined && isSame(row, follows);
};

/** Money, or how many; that it was for one person goes without saying. */
function muchOf(row: FactRow): string | undefined {
  if (row.amount_fen !== 0) return `${yuan(row.amount_fen)} 元`;
  return row.unit.startsWith("人") ? undefined : `${count(row.quantity)} ${row.unit}`;
}

function Entry({ row, name }: { row: FactRow; name: string }) {
  return (
    <li className={row.reversed ? "taken-back" : undefined}>
      <time dateTime={row.day}>{day(row.day).slice(5)}</time>
      <b>{name}</b>
      <span className="figure">{muchOf(row)}</span>
      <span className="quiet">
        <Where row={row} />
        {row.organisation.name}
      </span>
      {row.reversed && <em>已更正撤销</em>}
    </li>
  );
}

/** The station or partner where it was; one that is open leads to its page. */
function Where({ row: { place } }: { row: FactRow }) {
  if (!place) return null;
  return <>{place.is_open ? <Link to={findStation(place.name)}>{place.name}</Link> : place.name} · </>;
}

/**
 * Comes into sight: loads on by itself, but not after a failure, or it would ask without end. The button is for who can't
 * scroll, and for browsers that don't watch.
 */
function More({ busy, more }: { busy: boolean; more: () => void }) {
  const place = useRef<HTMLButtonElement>(null);
  const go = useRef(more);
  go.current = more;
  useEffect(() => {
    if (busy || !place.current || !("IntersectionObserver" in window)) return;
    const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && go.current());
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [busy]);
  return (
    <button type="button" className="plain wide" ref={place} onClick={more} disabled={busy}>
      {busy ? "正在加载…" : "看更早的"}
    </button>
  );
}
