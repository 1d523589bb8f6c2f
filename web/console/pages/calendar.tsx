import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Segmented, Skeleton } from "antd";
import { useState } from "react";
import { getTagged } from "../../client/http";
import type { RegionCalendar } from "../../client/types";
import { useDayKeys } from "../calendar/day-keys";
import { DayWindow } from "../calendar/day-window";
import { HolidayTable } from "../calendar/holiday-table";
import { LoadYear } from "../calendar/load-year";
import { Month } from "../calendar/month";
import { useSaveDays } from "../calendar/save";
import { FilterSelect } from "../parts/filter-select";
import { yearsOf } from "../parts/options";
import { useMayForAll, useOrganisation, useOrganisationDetail } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { useMay, useToday } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { year: "", of: "nation" };

/** The working days that deadlines are counted by: the nation's arrangement, and a region's own days over it. */
export default function Calendar() {
  const [filters, change] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const detail = useOrganisationDetail(organisation).data;
  const today = useToday();
  const thisYear = Number(today.slice(0, 4));
  const year = Number(filters.year) || thisYear;
  const region = filters.of === "region" ? (detail?.division ?? "") : "";
  const mayForAll = useMayForAll("rulebook.manage");
  const mayForSome = useMay()("rulebook.manage");
  const may = region === "" ? mayForAll : mayForSome;
  const [opened, open] = useState<string>();
  const asked = useQuery({
    queryKey: ["/calendar", year, region],
    queryFn: () => getTagged<RegionCalendar>(`/calendar/${year}`, { region }),
    enabled: filters.of === "nation" || detail !== undefined,
  });
  const save = useSaveDays(asked.data);
  const calendar = asked.data?.value;
  const days = new Map(calendar?.days.map((one) => [one.day, one]));
  const { stop, ...keys } = useDayKeys(year, today);
  // A nation's year of which only some days are known would count deadlines wrongly; it is loaded whole first.
  const settable = may && calendar !== undefined && (calendar.loaded || region !== "");
  return (
    <>
      <PageHead note="“几个工作日内”按这里推算：国务院办公厅的放假安排，由最上级工会载入；再加上本地自己的节日。" />
      <div className="filters">
        <FilterSelect
          always
          label="年份"
          value={String(year)}
          change={(year) => change({ year })}
          options={yearsOf(Array.from({ length: 6 }, (_, index) => thisYear + 2 - index))}
        />
        <Segmented
          aria-label="范围"
          value={filters.of}
          onChange={(of) => change({ of })}
          options={[
            { value: "nation", label: "全国" },
            { value: "region", label: detail?.name ?? "本地", disabled: !detail?.division },
          ]}
        />
        {may && calendar && (
          <span className="filters-acts">
            {region === "" && <LoadYear calendar={calendar} save={save} />}
            {settable && (
              <Button type="primary" onClick={() => open(stop)}>
                设定日期
              </Button>
            )}
          </span>
        )}
      </div>
      <ProblemNotice problem={asked.error} again={() => asked.refetch()} />
      {asked.isPending && <Skeleton active />}
      {calendar && !calendar.loaded && (
        <Alert
          type="warning"
          showIcon
          title={`${year}年的放假安排还没有载入，到期日落在这一年的期限暂时无法推算。国务院通知一般在上一年11月发布。`}
        />
      )}
      {calendar && (
        <>
          <fieldset className="months" aria-label={`${year}年，方向键逐日移动`} {...keys}>
            {Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, "0")}`).map((month) => (
              <Month
                key={month}
                month={month}
                days={days}
                today={today}
                stop={stop}
                open={settable ? open : undefined}
              />
            ))}
          </fieldset>
          <HolidayTable days={calendar.days} year={year} />
          {calendar.loaded && <p className="quiet">全国安排以《国务院办公厅关于{year}年部分节假日安排的通知》为准。</p>}
        </>
      )}
      {calendar && <DayWindow calendar={calendar} day={opened} save={save} close={() => open(undefined)} />}
    </>
  );
}
