import { DayRange } from "../parts/day-range";
import { FilterSelect } from "../parts/filter-select";
import { SearchBox } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { Findings } from "../station/findings";
import { STANDINGS } from "../station/words";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", standing: "unmended", from: "", to: "" };
const CHOICES = [...options(STANDINGS), { value: "all", label: "全部" }];

/** What inspections found, the earliest deadline first. */
export default function StationFindings() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const standing = filters.standing === "all" ? "" : filters.standing;
  return (
    <>
      <PageHead note="检查中发现的问题，期限最早的在前；整改后拍照上报，由检查单位核验。" />
      <Findings
        asked={{ ...filters, standing, organisation }}
        filtered={isFiltered}
        empty="没有未整改完的问题。"
        filters={
          <>
            <SearchBox label="驿站名称或编号" value={filters.q} change={(q) => change({ q })} />
            <FilterSelect
              always
              label="进度"
              value={filters.standing}
              change={(value) => change({ standing: value })}
              options={CHOICES}
            />
            <DayRange label="整改期限" from={filters.from} to={filters.to} change={change} />
          </>
        }
      />
    </>
  );
}
