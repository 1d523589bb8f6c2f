import { useQueries } from "@tanstack/react-query";
import { Alert, Skeleton } from "antd";
import type { ReactNode } from "react";
import { get } from "../../client/http";
import type { DuplicateGroup, FactRow, Page, PersonDetail } from "../../client/types";
import { count } from "../../shared/words";
import { useGroupOptions } from "../membership/groups";
import { orNothing } from "../parts/nothing";
import { ProblemNotice } from "../parts/problem-notice";

export const LIKENESSES = { birth_date: "姓名和出生日期相同", phone: "姓名和手机号码相同" } as const;

/** Records that may be one person, by what they have in common besides the name; without, by the number of a paper. */
export interface Alike {
  by?: DuplicateGroup["by"];
  people: { id: string }[];
}

interface Known {
  person: PersonDetail;
  /** How many records of the ledger name the person. */
  records: number;
}

const known = async (id: string): Promise<Known> => {
  const [person, records] = await Promise.all([
    get<PersonDetail>(`/people/${id}`),
    get<Page<FactRow>>(`/people/${id}/records`, { limit: 0 }),
  ]);
  return { person, records: records.total };
};

/** Records side by side, what differs in bold. */
export function Compare({ group }: { group: Alike }) {
  const labels = new Map(useGroupOptions().map((one) => [one.value, one.label]));
  const asked = useQueries({
    queries: group.people.map(({ id }) => ({ queryKey: ["person", id, "compared"], queryFn: () => known(id) })),
  });
  const refused = asked.find((one) => one.error);
  if (refused) return <ProblemNotice problem={refused.error} again={() => refused.refetch()} />;
  const all = asked.flatMap((one) => (one.data ? [one.data] : []));
  if (all.length < group.people.length) return <Skeleton active />;
  const rows: [string, (one: Known) => string][] = [
    ["姓名", ({ person }) => person.name],
    ["出生年份", ({ person }) => String(orNothing(person.birth_year))],
    ["证件", ({ person }) => orNothing(person.papers.map((paper) => `${paper.kind_label} ${paper.number}`).join("；"))],
    ["手机", ({ person }) => orNothing(person.phone)],
    ["职工群体", ({ person }) => orNothing(labels.get(person.group ?? ""))],
    ["工会", ({ person }) => person.organisation_name],
    ["台账记录", ({ records }) => `${count(records)} 笔`],
  ];
  return (
    <>
      <table className="compare">
        <caption>{group.by ? LIKENESSES[group.by] : "证件号码登记在两份档案上"}，不同之处加粗</caption>
        <thead>
          <tr>
            <td />
            {all.map(({ person }, index) => (
              <th key={person.id} scope="col">
                档案{index + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, shown]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {cells(all, shown)}
            </tr>
          ))}
        </tbody>
      </table>
      {twoIdentities(all) && (
        <Alert
          className="notice"
          type="warning"
          showIcon
          title="居民身份证号码不同。一个人只有一个身份证号码，请看过证件原件再合并。"
        />
      )}
    </>
  );
}

function cells(all: Known[], shown: (one: Known) => string): ReactNode {
  const same = new Set(all.map(shown)).size === 1;
  return all.map((one) => <td key={one.person.id}>{same ? shown(one) : <strong>{shown(one)}</strong>}</td>);
}

/** Whether two of the records hold different citizen numbers. */
function twoIdentities(all: Known[]): boolean {
  const papers = all.flatMap(({ person }) => person.papers).filter((paper) => paper.kind === "citizen_number");
  return new Set(papers.map((paper) => paper.number)).size > 1;
}
