import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Segmented, Skeleton } from "antd";
import { Link } from "react-router";
import { get } from "../../client/http";
import type { Matrix, SetUp, Shares } from "../../client/types";
import { behind, count, day, outside, share } from "../../shared/words";
import { TrendChart } from "../membership/trend-chart";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";
import { useToday } from "../session";
import { useFilters } from "../use-filters";
import { useOpened } from "../use-opened";
import { Facts } from "./facts";

const DEFAULTS = { by: "group" };

/** Before any membership that a union may have on its books. */
const BEGIN = "1949-10-01";

/** Members against active workers, and which branches of platform companies have a union. */
export default function Enrolment() {
  const [organisation] = useOrganisation();
  const [filters, change] = useFilters(DEFAULTS);
  const shares = useQuery({
    queryKey: ["shares", organisation, filters.by],
    queryFn: () => get<Shares>("/enrolment/shares", { organisation, by: filters.by }),
    enabled: organisation !== "",
  });
  const matrix = useQuery({
    queryKey: ["matrix", organisation],
    queryFn: () => get<Matrix>("/platform-matrix", { organisation }),
    enabled: organisation !== "",
  });
  const [key, open, close] = useOpened();
  const setUp = useQuery({
    queryKey: ["set-up", organisation],
    queryFn: () => get<SetUp>("/enrolment/set-up", { organisation }),
    enabled: organisation !== "",
  });
  const rows = shares.data ? [...shares.data.items, shares.data.total] : [];
  const opened = rows.find((row) => row.key === key);
  return (
    <>
      <PageHead note={shares.data && `入会率＝会员数÷${shares.data.denominator}`} />
      <div className="filters">
        <Segmented
          aria-label="入会率按什么看"
          value={filters.by}
          onChange={(by) => change({ by })}
          options={[
            { value: "group", label: "按职工群体" },
            { value: "organisation", label: "按下级单位" },
          ]}
        />
      </div>
      <ProblemNotice problem={shares.error} again={() => shares.refetch()} />
      <PlainTable
        rowKey="key"
        loading={shares.isPending}
        dataSource={rows}
        columns={[
          {
            title: filters.by === "group" ? "群体" : "单位",
            render: (_, row) => {
              if (row.key === "all") return "合计";
              return filters.by === "group" ? (
                row.label
              ) : (
                <Link to={`/enrolment?organisation=${row.key}`}>{row.label}</Link>
              );
            },
          },
          {
            title: "会员",
            align: "right",
            render: (_, row) => (
              <>
                {row.key === "all" || filters.by !== "group" ? (
                  count(row.members)
                ) : (
                  <Button
                    type="link"
                    aria-label={`${count(row.members)}：${row.label}会员的逐笔记录`}
                    onClick={() => open(row.key)}
                  >
                    {count(row.members)}
                  </Button>
                )}
                {row.outside > 0 && <div className="quiet">另有 {count(row.outside)} 名未计入</div>}
              </>
            ),
          },
          { title: "在岗职工", align: "right", render: (_, row) => count(row.workers) },
          { title: "入会率", align: "right", render: (_, row) => share(row.share_bp) },
          { title: "在岗人数统计日期", render: (_, row) => day(row.counted_on) },
        ]}
      />
      {shares.data && shares.data.total.outside > 0 && <p className="quiet">{outside(shares.data.total.outside)}。</p>}
      {opened && shares.data && (
        <Facts
          asked={{
            organisation,
            groups: opened.key,
            kinds: "membership",
            from: BEGIN,
            to: shares.data.on,
            // Whoever is a member counts where his union lies, also if it was moved since he joined.
            lying_on: shares.data.on,
          }}
          title={behind(opened.label, opened.outside)}
          close={close}
        />
      )}
      <div className="apart">
        <TrendChart organisation={organisation} />
      </div>
      <ProblemNotice problem={setUp.error} again={() => setUp.refetch()} />
      {setUp.data && setUp.data.total.employers > 0 && <Employers found={setUp.data} />}
      <h2>平台企业建会（企业 × 县区）</h2>
      <ProblemNotice problem={matrix.error} again={() => matrix.refetch()} />
      {matrix.isPending && <Skeleton active />}
      {matrix.data && <Coverage matrix={matrix.data} organisation={organisation} />}
    </>
  );
}

/** Employers that must have a union, and how many have one. */
function Employers({ found }: { found: SetUp }) {
  const missing = found.total.employers - found.total.with_union;
  return (
    <>
      <h2>用人单位建会</h2>
      <p className="quiet">
        建会率＝已建会单位数÷{found.denominator}。
        {missing > 0 && <Link to="/employers?without_union=true">查看应建未建的 {count(missing)} 家单位</Link>}
      </p>
      <PlainTable
        rowKey="organisation_id"
        dataSource={[...found.items, found.total]}
        columns={[
          { title: "单位", render: (_, row) => (row === found.total ? "合计" : row.organisation) },
          { title: "应建会单位", align: "right", render: (_, row) => count(row.employers) },
          { title: "已建会", align: "right", render: (_, row) => count(row.with_union) },
          { title: "建会率", align: "right", render: (_, row) => share(row.share_bp) },
        ]}
      />
    </>
  );
}

/** Companies by counties; each number opens into the branches that it counts, those of today. */
function Coverage({ matrix, organisation }: { matrix: Matrix; organisation: string }) {
  const on = useToday();
  const list = (asked: Record<string, string>) => `/branches?${new URLSearchParams({ organisation, on, ...asked })}`;
  if (matrix.companies.length === 0) return <Empty description="这里没有平台企业的分支机构。" />;
  const cells = new Map(matrix.cells.map((cell) => [`${cell.company}/${cell.county}`, cell]));
  return (
    <PlainTable
      size="small"
      dataSource={matrix.companies}
      scroll={{ x: "max-content", y: 560 }}
      virtual={false}
      columns={[
        { title: "平台企业", dataIndex: "name", fixed: "left", width: 130 },
        { title: "建会率", align: "right", width: 90, render: (_, row) => share(row.coverage_bp) },
        {
          title: "分支机构",
          align: "right",
          width: 90,
          render: (_, row) => (
            <>
              <Link to={list({ platform: row.id, has_union: "true" })}>{row.with_union}</Link>/
              <Link to={list({ platform: row.id })}>{row.branches}</Link>
            </>
          ),
        },
        ...matrix.counties.map((county) => ({
          title: county.name.replace("总工会", ""),
          key: county.id,
          width: 110,
          render: (_: unknown, row: Matrix["companies"][number]) => {
            const cell = cells.get(`${row.id}/${county.id}`);
            if (!cell) return null;
            const all = cell.with_union === cell.branches;
            return (
              <Link to={list({ platform: row.id, organisation: county.id })}>
                <Word tone={all ? "good" : "watch"}>
                  {all ? (cell.since?.slice(0, 7) ?? "已建") : `${cell.with_union}/${cell.branches}`}
                </Word>
              </Link>
            );
          },
        })),
      ]}
    />
  );
}
