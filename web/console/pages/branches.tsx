import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Select, Tag } from "antd";
import { useState } from "react";
import { post, put } from "../../client/http";
import type { BranchForm, BranchRow } from "../../client/types";
import { day } from "../../shared/words";
import { usePlatformOptions } from "../organisation/platforms";
import { RANKS } from "../organisation/words";
import { DayField } from "../parts/day-field";
import { FilterSelect } from "../parts/filter-select";
import { FormModal } from "../parts/form-modal";
import { ListTable, SearchBox } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { PageHead } from "../parts/page-head";
import { Word } from "../parts/word";
import { useMay, useToday } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", platform: "", ranks: "", has_union: "", on: "", tree: "" };
const UNION = [
  { value: "true", label: "已建会" },
  { value: "false", label: "未建会" },
];

/** The platform companies' branches, county by county: which have a union, since when. */
export default function Branches() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [shown, show] = useState<BranchRow | "new">();
  const may = useMay()("workforce.manage");
  const platforms = usePlatformOptions();
  return (
    <>
      <PageHead note="平台企业在各旗县的站点和分公司；建会情况的汇总见“入会与建会”。">
        {may && (
          <Button type="primary" onClick={() => show("new")}>
            新增分支机构
          </Button>
        )}
      </PageHead>
      <ListTable<BranchRow>
        path="/branches"
        asked={{ ...filters, organisation }}
        unit="家"
        empty="还没有登记分支机构。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="分支机构名称" value={filters.q} change={(q) => change({ q })} />
            <FilterSelect
              label="平台企业"
              value={filters.platform}
              change={(platform) => change({ platform })}
              options={platforms}
              wide
            />
            <Select
              aria-label="企业类别"
              placeholder="企业类别"
              mode="multiple"
              style={{ minWidth: 140 }}
              value={filters.ranks.split(",").filter(Boolean)}
              options={options(RANKS)}
              onChange={(ranks) => change({ ranks: ranks.join(",") })}
            />
            <FilterSelect
              label="建会情况"
              value={filters.has_union}
              change={(has_union) => change({ has_union })}
              options={UNION}
            />
            {filters.on && (
              <Tag closable onClose={() => change({ on: "", tree: "" })}>
                {day(filters.on)}的情况{filters.tree === "today" && "，按当前隶属"}
              </Tag>
            )}
          </>
        }
        columns={[
          { title: "企业", dataIndex: "platform" },
          { title: "分支机构", dataIndex: "name" },
          { title: "所在地工会", dataIndex: "organisation" },
          { title: "建会", render: (_, row) => <Standing row={row} on={filters.on} /> },
          { title: "它的工会", render: (_, row) => row.union },
          {
            title: "办理",
            hidden: !may,
            render: (_, row) => (
              <Button type="link" aria-label={`修改${row.name}`} onClick={() => show(row)}>
                修改
              </Button>
            ),
          },
        ]}
      />
      <BranchWindow shown={shown} organisation={organisation} platforms={platforms} close={() => show(undefined)} />
    </>
  );
}

/** How a branch stands, or stood at the end of a day. */
function Standing({ row, on }: { row: BranchRow; on: string }) {
  const by = (end: string | null | undefined) => (end && (!on || end <= on) ? end : undefined);
  const closed = by(row.closed_on);
  if (closed) return <Word tone="quiet">{`${day(closed)}撤销`}</Word>;
  const since = by(row.union_since);
  return since ? <Word tone="good">{`${day(since)}建会`}</Word> : <Word tone="watch">未建会</Word>;
}

interface WindowProps {
  /** Not open without. */
  shown?: BranchRow | "new";
  organisation: string;
  platforms: { value: string; label: string }[];
  close: () => void;
}

function BranchWindow({ shown, organisation, platforms, close }: WindowProps) {
  const before = shown === "new" ? undefined : shown;
  const client = useQueryClient();
  const today = useToday();
  return (
    <FormModal<BranchForm, unknown>
      title={before ? `修改：${before.name}` : "新增分支机构"}
      open={shown !== undefined}
      close={close}
      initial={before ?? { organisation_id: organisation }}
      submit={(form, sending) => {
        const body = { ...form, union_organisation_id: form.union_organisation_id || null };
        return before
          ? put(`/branches/${before.id}`, body, { ...sending, tag: `"${before.version}"` })
          : post("/branches", body, sending);
      }}
      done={() => {
        close();
        client.invalidateQueries();
      }}
    >
      <Form.Item label="平台企业" name="platform_id" rules={[{ required: true, message: "请选择平台企业" }]}>
        <Select options={platforms} showSearch={{ optionFilterProp: "label" }} />
      </Form.Item>
      <Form.Item label="名称" name="name" rules={[{ required: true, message: "请填写名称" }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item label="所在地工会" name="organisation_id" rules={[{ required: true, message: "请选择所在地工会" }]}>
        <OrganisationPicker />
      </Form.Item>
      <DayField label="设立日期（不清楚的不填）" name="opened_on" max={today} />
      <DayField label="建会日期（未建会的不填）" name="union_since" max={today} />
      <Form.Item label="它的工会（在组织树里的）" name="union_organisation_id">
        <OrganisationPicker allowClear />
      </Form.Item>
      <DayField label="撤销日期（仍在经营的不填）" name="closed_on" max={today} />
    </FormModal>
  );
}
