import { FilterSelect } from "../parts/filter-select";
import { SearchBox } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { Faults } from "../station/faults";
import { FAULTS, SUBJECTS } from "../station/words";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", standing: "", subject: "" };

/** What visitors of all stations say is broken or missing. */
export default function StationFaults() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  return (
    <>
      <PageHead note="职工在手机上反映的驿站问题，先由站长核实答复；久未答复的列入督办，工会可以直接答复。" />
      <Faults
        asked={{ ...filters, organisation }}
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="驿站名称、编号、地址或共建单位" value={filters.q} change={(q) => change({ q })} />
            <FilterSelect
              label="进度"
              value={filters.standing}
              change={(standing) => change({ standing })}
              options={options(FAULTS)}
            />
            <FilterSelect
              label="类别"
              value={filters.subject}
              change={(subject) => change({ subject })}
              options={options(SUBJECTS)}
            />
          </>
        }
      />
    </>
  );
}
