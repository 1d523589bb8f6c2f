import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { get } from "../../client/http";
import type { StationView, StationYear, StationYearLine } from "../../client/types";
import { count, day, share } from "../../shared/words";
import { FilterSelect } from "../parts/filter-select";
import { yearsOf } from "../parts/options";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { TakeAway } from "../parts/take-away";
import { useMay } from "../session";
import { useFilters } from "../use-filters";
import { behind, seenWith } from "./behind";

const DEFAULTS = { year: "" };

/** What was done at a station in a year, month by month, beside the same days of the year before. */
export function Year({ of }: { of: StationView }) {
  const [{ year }, change] = useFilters(DEFAULTS);
  const path = `/stations/${of.id}/year`;
  const asked = useQuery({
    queryKey: [path, year],
    queryFn: ({ signal }) => get<StationYear>(path, { year }, signal),
    placeholderData: (before) => before,
  });
  const shown = asked.data;
  return (
    <section>
      <div className="filters">
        <h2>这一年</h2>
        {shown && (
          <>
            <FilterSelect
              always
              label="年份"
              value={String(shown.year)}
              change={(year) => change({ year })}
              options={yearsOf(shown.years)}
            />
            <span className="filters-acts">
              <TakeAway path={`${path}/exports`} asked={{ year: shown.year }} permission="station.export" />
            </span>
          </>
        )}
      </div>
      <ProblemNotice problem={asked.error} again={() => asked.refetch()} />
      {shown && (
        <p className="quiet" role="status">
          统计到{day(shown.to)}，上年同期到{day(shown.before_to)}
          ；点数字看记录。扫码登记人数每人只计一次，全年不等于各月相加。
        </p>
      )}
      <Lines of={of} year={shown} loading={asked.isPending} />
    </section>
  );
}

interface LinesProps {
  of: StationView;
  year?: StationYear;
  loading: boolean;
}

function Lines({ of, year, loading }: LinesProps) {
  const months = year?.lines[0]?.months ?? [];
  return (
    <PlainTable<StationYearLine>
      rowKey={(line) => `${line.subject} ${line.code}`}
      loading={loading}
      dataSource={year?.lines}
      columns={[
        {
          title: "事项",
          fixed: "start",
          render: (_, line) => (
            <>
              {line.label}
              <div className="quiet">{line.unit}</div>
            </>
          ),
        },
        {
          title: "合计",
          align: "right",
          render: (_, line) => year && <Figure of={of} year={year} line={line} value={line.sum} />,
        },
        { title: "上年同期", align: "right", render: (_, line) => count(line.before) },
        { title: "同比", align: "right", render: (_, line) => grown(line.growth_bp) },
        ...months.map(({ month }, index) => ({
          title: `${Number(month.slice(5))}月`,
          key: month,
          align: "right" as const,
          render: (_: unknown, line: StationYearLine) => {
            const told = line.months[index];
            if (!year || !told) return null;
            return (
              <>
                <Figure of={of} year={year} line={line} value={told.value} month={month} />
                {told.before > 0 && <div className="quiet">上年 {count(told.before)}</div>}
              </>
            );
          },
        })),
      ]}
    />
  );
}

/** By how much it grew: +12.50%. */
const grown = (bp: number | null | undefined) => (bp && bp > 0 ? `+${share(bp)}` : share(bp));

interface FigureProps {
  of: StationView;
  year: StationYear;
  line: StationYearLine;
  value: number;
  month?: string;
}

/** A figure that opens its records. */
function Figure({ of, year, line, value, month }: FigureProps) {
  const may = useMay();
  if (value === 0 || !may(seenWith(line.subject))) return count(value);
  const when = month ? `${Number(month.slice(5))}月` : `${year.year}年`;
  return (
    <Link to={behind(of, year, line, month)} aria-label={`${count(value)}${line.unit}：${when}${line.label}的记录`}>
      {count(value)}
    </Link>
  );
}
