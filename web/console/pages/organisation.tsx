import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Breadcrumb, Button, Card, Dropdown, Skeleton } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { get } from "../../client/http";
import type { OrganisationDetail, OrganisationRow } from "../../client/types";
import { count, day } from "../../shared/words";
import { OrganisationWindow } from "../organisation/form";
import { Founding } from "../organisation/founding";
import { RESHAPINGS, ReshapeWindow, type Reshaping } from "../organisation/reshape";
import { KINDS, LEVELS, OWNERSHIPS } from "../organisation/words";
import { blocked } from "../parts/blocked";
import { Details } from "../parts/details";
import { ListTable } from "../parts/list-table";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";
import { useMay } from "../session";

/** One organisation: what it is, where it has been, what lies below it. */
export default function Organisation() {
  const { id = "" } = useParams();
  const asked = useQuery({
    queryKey: ["organisation", id],
    queryFn: () => get<OrganisationDetail>(`/organisations/${id}`),
  });
  if (blocked(asked)) return <ProblemNotice problem={asked.error} again={() => asked.refetch()} />;
  if (!asked.data) return <Skeleton active />;
  return <Shown key={id} of={asked.data} />;
}

function Shown({ of }: { of: OrganisationDetail }) {
  const may = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  // As it was read when the window opened: what is asked for anew meanwhile may be what somebody else saved.
  const [changing, change] = useState<OrganisationDetail>();
  const [founding, found] = useState(false);
  const [how, reshape] = useState<Reshaping>();
  // Names, places and children of others may have changed with it.
  const again = () => client.invalidateQueries();
  const leave = () => {
    change(undefined);
    found(false);
  };
  const open = !of.closed_on;
  return (
    <>
      <Breadcrumb
        aria-label="所在位置"
        className="trail"
        items={[
          { title: <Link to="/organisations">组织</Link> },
          ...of.path.slice(0, -1).map((one) => ({ title: <Link to={`/organisations/${one.id}`}>{one.name}</Link> })),
        ]}
      />
      <PageHead title={of.name} note={`${KINDS[of.kind]} · ${LEVELS[of.level]}`}>
        {open && may("organisations.reshape") && of.path.length > 1 && (
          <Dropdown
            trigger={["click"]}
            menu={{
              items: (Object.keys(RESHAPINGS) as Reshaping[]).map((key) => ({
                key,
                label: RESHAPINGS[key].title,
                danger: RESHAPINGS[key].danger,
                onClick: () => reshape(key),
              })),
            }}
          >
            <Button>组织变更</Button>
          </Dropdown>
        )}
        {open && may("organisations.manage") && (
          <>
            <Button onClick={() => change(of)}>修改</Button>
            <Button type="primary" onClick={() => found(true)}>
              新建下级
            </Button>
          </>
        )}
      </PageHead>
      {open && of.missing.length > 0 && (
        <Alert type="info" showIcon className="notice" title={`还没有填写：${of.missing.join("、")}`} />
      )}
      <Particulars of={of} />
      <Founding of={of} />
      {of.places.length > 1 && <Places of={of} />}
      <h2>下级组织</h2>
      <ListTable<OrganisationRow>
        path="/organisations"
        asked={{ parent: of.id }}
        unit="个"
        empty="没有下级组织。"
        columns={[
          { title: "名称", render: (_, row) => <Link to={`/organisations/${row.id}`}>{row.name}</Link> },
          { title: "代码", dataIndex: "code" },
          { title: "级别", render: (_, row) => LEVELS[row.level] },
          { title: "类别", render: (_, row) => KINDS[row.kind] },
          { title: "下级", dataIndex: "child_count", align: "right" },
        ]}
      />
      <OrganisationWindow
        open={changing !== undefined || founding}
        before={changing}
        above={of}
        close={leave}
        done={(kept) => {
          leave();
          again();
          if (kept.id !== of.id) navigate(`/organisations/${kept.id}`);
        }}
      />
      <ReshapeWindow
        how={how}
        of={of}
        close={() => reshape(undefined)}
        done={(shown) => {
          reshape(undefined);
          again();
          if (shown.id !== of.id) navigate(`/organisations/${shown.id}`);
        }}
      />
    </>
  );
}

function Particulars({ of }: { of: OrganisationDetail }) {
  return (
    <Card>
      <Details
        column={{ xs: 1, sm: 2, lg: 3 }}
        items={[
          { key: "code", label: "代码", children: of.code },
          { key: "credit", label: "统一社会信用代码", children: of.credit_code },
          { key: "division", label: "行政区划", children: of.division },
          { key: "chair", label: "主席", children: of.chair },
          { key: "contact", label: "联系电话", children: of.contact },
          { key: "industry", label: "行业", children: of.industry },
          { key: "employer", label: "所在用人单位", children: of.employer?.name },
          ...(of.employer
            ? [
                { key: "employer-code", label: "单位信用代码", children: of.employer.credit_code },
                {
                  key: "ownership",
                  label: "单位所有制",
                  children: of.employer.ownership && OWNERSHIPS[of.employer.ownership],
                },
              ]
            : []),
          { key: "workers", label: "职工（女职工）", children: `${count(of.workers)}（${count(of.women)}）` },
          { key: "founded", label: "成立日期", children: day(of.founded_on) },
          { key: "term", label: "本届任期到", children: day(of.term_ends_on) },
          ...(of.closed_on
            ? [{ key: "closed", label: "状态", children: <Word tone="quiet">{`${day(of.closed_on)}撤销或合并`}</Word> }]
            : []),
        ]}
      />
    </Card>
  );
}

/** Where it has been: figures of a day count it where it was on that day. */
function Places({ of }: { of: OrganisationDetail }) {
  return (
    <>
      <h2>隶属变更</h2>
      <PlainTable
        size="small"
        rowKey="from_day"
        dataSource={of.places}
        columns={[
          { title: "上级", render: (_, place) => place.parent_name },
          { title: "自", render: (_, place) => day(place.from_day) },
          { title: "至（不含当日）", render: (_, place) => (place.until_day ? day(place.until_day) : "现在") },
        ]}
      />
    </>
  );
}
