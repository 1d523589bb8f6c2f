import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Modal, Switch, Typography } from "antd";
import { useState } from "react";
import { post, put } from "../../client/http";
import type { AddedStations, BenefitPartner, PartnerLink } from "../../client/types";
import { count } from "../../shared/words";
import { KINDS, PartnerFields } from "../benefit/partner-fields";
import { partnerForm } from "../benefit/partner-form";
import { PARTNER_KINDS } from "../benefit/words";
import { ConfirmButton, useConfirm } from "../parts/acts";
import { FilterSelect } from "../parts/filter-select";
import { FormModal } from "../parts/form-modal";
import { ListTable, SearchBox } from "../parts/list-table";
import { useOrganisation, useOrganisationDetail } from "../parts/organisation";
import { OwnAddress } from "../parts/own-address";
import { PageHead } from "../parts/page-head";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", kind: "" };

/** Places at which vouchers are redeemed, and their scanning links. */
export default function BenefitPartners() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const union = useOrganisationDetail(organisation).data?.name ?? "所选工会";
  const { message } = App.useApp();
  const [shown, show] = useState<BenefitPartner | "new">();
  const [link, told] = useState<PartnerLink & { name: string }>();
  const client = useQueryClient();
  const confirm = useConfirm();
  const may = useMay()("benefit.partners");
  const before = typeof shown === "object" ? shown : undefined;
  const changed = () => client.invalidateQueries({ queryKey: ["/benefit-partners"] });
  const renew = (row: BenefitPartner) =>
    confirm<PartnerLink>(
      {
        title: `${row.has_link ? "更换" : "生成"}“${row.name}”的扫码链接？`,
        text: row.has_link
          ? "原来的链接立即失效，核销点要用新链接重新打开。"
          : "交给核销点工作人员，在手机上打开即可扫码核销。",
        okText: row.has_link ? "更换" : "生成",
      },
      (sending) => post<PartnerLink>(`/benefit-partners/${row.id}/key`, undefined, sending),
      (made) => {
        told({ ...made, name: row.name });
        changed();
      },
    );
  return (
    <>
      <PageHead note="驿站、餐厅、医院等发放和核销普惠服务的地点。">
        {may && (
          <ConfirmButton<AddedStations>
            question={{
              title: `把${union}及下级工会的全部驿站登记为核销点？`,
              text: "从驿站登记中取，已撤销的不取，已经是核销点的不变。名称、地址和电话随驿站登记更新。",
              okText: "全部登记",
            }}
            run={(sending) =>
              post<AddedStations>("/benefit-partners/stations", { organisation_id: organisation }, sending)
            }
            done={({ added, known }) => {
              message.success(`新登记 ${count(added)} 个驿站，原已登记 ${count(known)} 个。`);
              changed();
            }}
          >
            登记全部驿站
          </ConfirmButton>
        )}
        {may && (
          <Button type="primary" onClick={() => show("new")}>
            登记核销点
          </Button>
        )}
      </PageHead>
      <ListTable<BenefitPartner>
        path="/benefit-partners"
        asked={{ ...filters, organisation }}
        unit="处"
        empty="还没有登记核销点。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="名称或编号" value={filters.q} change={(q) => change({ q })} />
            <FilterSelect label="类型" value={filters.kind} change={(kind) => change({ kind })} options={KINDS} />
          </>
        }
        columns={[
          { title: "名称", dataIndex: "name" },
          { title: "编号", dataIndex: "code" },
          { title: "类型", render: (_, row) => PARTNER_KINDS[row.kind] },
          { title: "地址", dataIndex: "address" },
          { title: "电话", dataIndex: "contact" },
          { title: "管理单位", dataIndex: "organisation" },
          {
            title: "状态",
            render: (_, row) => {
              if (!row.active) return <Word tone="quiet">停用</Word>;
              return row.shut ? <Word tone="watch">{row.shut}</Word> : <Word tone="good">启用</Word>;
            },
          },
          {
            title: "办理",
            hidden: !may,
            render: (_, row) => (
              <>
                <Button type="link" onClick={() => show(row)}>
                  修改
                </Button>
                <Button type="link" disabled={!row.active} onClick={() => renew(row)}>
                  {row.has_link ? "更换扫码链接" : "生成扫码链接"}
                </Button>
              </>
            ),
          },
        ]}
      />
      <FormModal<Partial<BenefitPartner>, unknown>
        title={before ? `修改：${before.name}` : "登记核销点"}
        open={shown !== undefined}
        close={() => show(undefined)}
        initial={before ?? { kind: "station", organisation_id: organisation, active: true }}
        submit={(filled, sending) => {
          const form = partnerForm(filled, before, organisation);
          return before
            ? put(`/benefit-partners/${before.id}`, form, { ...sending, tag: `"${before.version}"` })
            : post("/benefit-partners", form, sending);
        }}
        done={() => {
          show(undefined);
          changed();
        }}
      >
        <PartnerFields known={before?.site_id} />
        <Form.Item label="启用" name="active" valuePropName="checked">
          <Switch />
        </Form.Item>
      </FormModal>
      <Modal
        title={`“${link?.name ?? ""}”的扫码链接`}
        open={link !== undefined}
        onCancel={() => told(undefined)}
        onOk={() => told(undefined)}
        okText="已交给核销点"
        cancelButtonProps={{ hidden: true }}
      >
        <p>链接只显示这一次。请发给核销点工作人员，在手机浏览器打开；之后用手机扫职工的凭证二维码即可核销。</p>
        <Typography.Paragraph copyable className="partner-link">
          {link?.address}
        </Typography.Paragraph>
        <OwnAddress url={link?.address ?? ""} />
      </Modal>
    </>
  );
}
