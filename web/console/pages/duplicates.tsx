import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import type { DuplicateGroup, PersonRow } from "../../client/types";
import { FilterSelect } from "../parts/filter-select";
import { ListTable } from "../parts/list-table";
import { orNothing } from "../parts/nothing";
import { options } from "../parts/options";
import { PageHead } from "../parts/page-head";
import { LIKENESSES } from "../people/compare";
import { MergeWindow } from "../people/merge-window";
import { useFilters } from "../use-filters";

const DEFAULTS = { by: "birth_date" };
const BY = options(LIKENESSES);

/** Records that may be one person; a human decides and merges them. */
export default function Duplicates() {
  const [filters, change] = useFilters(DEFAULTS);
  const [shown, show] = useState<DuplicateGroup>();
  return (
    <>
      <PageHead note="系统只提示，是不是同一个人由您判断；合并后会员、台账和证件都归到保留的档案。" />
      <ListTable<DuplicateGroup>
        path="/people/duplicates"
        asked={filters}
        rowKey={(group) => group.people[0]?.id ?? ""}
        unit="组"
        empty="没有疑似重复的档案。"
        filters={
          <FilterSelect always label="相同之处" options={BY} value={filters.by} change={(by) => change({ by })} />
        }
        columns={[
          { title: "姓名", render: (_, group) => each(group, (person) => <Named person={person} />) },
          { title: "证件号码", render: (_, group) => each(group, (person) => orNothing(person.document)) },
          { title: "手机", render: (_, group) => each(group, (person) => orNothing(person.phone)) },
          { title: "工会", render: (_, group) => each(group, (person) => person.organisation_name) },
          {
            title: "办理",
            render: (_, group) => (
              <Button type="link" aria-label={`合并${group.people[0]?.name}`} onClick={() => show(group)}>
                合并
              </Button>
            ),
          },
        ]}
      />
      <MergeWindow group={shown} close={() => show(undefined)} />
    </>
  );
}

const Named = ({ person }: { person: PersonRow }) => <Link to={`/people/${person.id}`}>{person.name}</Link>;

/** A line a record, so that what differs stands one above the other. */
const each = (group: DuplicateGroup, shown: (person: PersonRow) => ReactNode) =>
  group.people.map((person) => <div key={person.id}>{shown(person)}</div>);
