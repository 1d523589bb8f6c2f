import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { post } from "../../client/http";
import type { HeadCountRow } from "../../client/types";
import { count, day } from "../../shared/words";
import { useGroupOptions, useOfferedGroups } from "../membership/groups";
import { DayField } from "../parts/day-field";
import { FilterSelect } from "../parts/filter-select";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { NumberField } from "../parts/number-field";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { PageHead } from "../parts/page-head";
import { useMay, useToday } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { group: "" };

/** How many workers are active in each group: what enrolment shares are counted against. */
export default function HeadCounts() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [open, setOpen] = useState(false);
  const groups = useGroupOptions();
  const offered = useOfferedGroups();
  const label = new Map(groups.map((group) => [group.value, group.label]));
  const today = useToday();
  const client = useQueryClient();
  const may = useMay()("workforce.manage");
  return (
    <>
      <PageHead note="入会率的分母。上级单位自己的统计优先于下级之和；没有统计的单位，其会员不计入入会率。每次统计写明日期和来源。">
        {may && (
          <Button type="primary" onClick={() => setOpen(true)}>
            登记
          </Button>
        )}
      </PageHead>
      <ListTable<HeadCountRow>
        path="/head-counts"
        empty="还没有登记在岗人数。没有它，入会率算不出来。"
        filtered={isFiltered}
        asked={{ ...filters, organisation }}
        unit="条"
        filters={
          <FilterSelect label="职工群体" value={filters.group} change={(group) => change({ group })} options={groups} />
        }
        columns={[
          { title: "单位", dataIndex: "organisation" },
          { title: "群体", render: (_, row) => label.get(row.group) ?? row.group },
          { title: "统计日期", dataIndex: "day", render: day },
          { title: "在岗人数", align: "right", render: (_, row) => count(row.workers) },
          { title: "来源", dataIndex: "source" },
        ]}
      />
      <FormModal<{ organisation_id: string; group: string; day: string; workers: number; source: string }, unknown>
        title="登记在岗人数"
        open={open}
        close={() => setOpen(false)}
        initial={{ organisation_id: organisation, day: today }}
        submit={(form, sending) => post("/head-counts", form, sending)}
        done={() => {
          setOpen(false);
          client.invalidateQueries({ queryKey: ["/head-counts"] });
        }}
      >
        <p>同一单位、群体、日期再次登记即为更正。</p>
        <Form.Item label="单位" name="organisation_id">
          <OrganisationPicker />
        </Form.Item>
        <Form.Item label="职工群体" name="group" rules={[{ required: true, message: "请选择职工群体" }]}>
          <Select options={offered} />
        </Form.Item>
        <DayField label="统计日期" name="day" required max={today} />
        <Form.Item label="在岗人数" name="workers" rules={[{ required: true, message: "请填写人数" }]}>
          <NumberField min={0} />
        </Form.Item>
        <Form.Item label="来源" name="source" rules={[{ required: true, message: "请写明来源" }]}>
          <Input maxLength={200} placeholder="如：平台企业报送、行业主管部门核对" />
        </Form.Item>
      </FormModal>
    </>
  );
}
