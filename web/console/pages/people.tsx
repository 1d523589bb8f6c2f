import { Button } from "antd";
import { Link } from "react-router";
import type { PersonRow } from "../../client/types";
import { ListTable, SearchBox } from "../parts/list-table";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { useMay } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "" };

/** Everybody whom the unions below look after, member or not. */
export default function People() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const may = useMay();
  return (
    <>
      <PageHead note="一人一档：会员和接受过服务的职工都在这里。">
        {may("people.merge") && (
          <Link to="/people/duplicates">
            <Button>查看疑似重复</Button>
          </Link>
        )}
      </PageHead>
      <ListTable<PersonRow>
        path="/people"
        empty="还没有人员。会员入会、职工接受服务后，都会出现在这里。"
        filtered={isFiltered}
        asked={{ ...filters, organisation }}
        unit="人"
        filters={<SearchBox label="姓名，或完整的证件、手机号码" value={filters.q} change={(q) => change({ q })} />}
        columns={[
          { title: "姓名", render: (_, row) => <Link to={`/people/${row.id}`}>{row.name}</Link> },
          { title: "证件号码", dataIndex: "document" },
          { title: "手机", dataIndex: "phone" },
          { title: "工会", dataIndex: "organisation_name" },
        ]}
      />
    </>
  );
}
