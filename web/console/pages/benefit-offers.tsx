import { Button } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { OfferView } from "../../client/types";
import { count, fromTo } from "../../shared/words";
import { useKinds } from "../benefit/kinds";
import { OfferWindow } from "../benefit/offer-window";
import { NOT_EXPIRED, OFFER_STANDINGS, offerStanding } from "../benefit/words";
import { FilterSelect } from "../parts/filter-select";
import { ListTable, SearchBox } from "../parts/list-table";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { Word } from "../parts/word";
import { useMay, useToday } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", state: "", kind: "", from_above: "" };

/** Who offers it. */
const OFFERED_BY = [
  { value: "false", label: "本级和下级工会" },
  { value: "true", label: "上级工会" },
];

/** What the unions offer, and those above to their people: the newest first. */
export default function BenefitOffers() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [shown, show] = useState<"new">();
  const kinds = useKinds();
  const navigate = useNavigate();
  const may = useMay();
  const today = useToday();
  const standing = OFFER_STANDINGS[filters.state as keyof typeof OFFER_STANDINGS];
  return (
    <>
      <PageHead note="爱心餐、礼包、体检、疗休养、票券：职工用手机领取，到核销点出示凭证，核销即入台账。">
        {may("benefit.keep") && (
          <Button type="primary" onClick={() => show("new")}>
            新建服务
          </Button>
        )}
      </PageHead>
      <ListTable<OfferView>
        path="/benefit-offers"
        asked={{ ...filters, organisation, ...standing?.asked }}
        unit="项"
        empty="还没有普惠服务。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="服务名称" value={filters.q} change={(q) => change({ q })} />
            <FilterSelect
              label="状态"
              value={filters.state}
              change={(state) => change({ state })}
              options={Object.entries(OFFER_STANDINGS).map(([value, { label }]) => ({ value, label }))}
            />
            <FilterSelect
              label="种类"
              value={filters.kind}
              change={(kind) => change({ kind })}
              options={kinds.map((kind) => ({ value: kind.code, label: kind.label }))}
            />
            <FilterSelect
              label="提供单位"
              value={filters.from_above}
              change={(from_above) => change({ from_above })}
              options={OFFERED_BY}
            />
          </>
        }
        columns={[
          { title: "服务", render: (_, row) => <Link to={`/benefit-offers/${row.id}`}>{row.title}</Link> },
          { title: "种类", dataIndex: "kind_label" },
          {
            title: "提供单位",
            render: (_, row) => (
              <>
                {row.organisation}
                {row.from_above && <div className="quiet">上级工会，只能查看</div>}
              </>
            ),
          },
          { title: "使用期", render: (_, row) => fromTo(row.redeem_from, row.redeem_until) },
          {
            title: "状态",
            render: (_, row) => {
              const [state, tone] = offerStanding(row, today);
              return <Word tone={tone}>{state}</Word>;
            },
          },
          { title: "总数", align: "right", render: (_, row) => <Pieces of={row} /> },
          { title: NOT_EXPIRED, align: "right", render: (_, row) => isTold(row) && count(row.given) },
          { title: "已使用", align: "right", render: (_, row) => !row.from_above && count(row.redeemed) },
        ]}
      />
      <OfferWindow
        shown={shown}
        close={() => show(undefined)}
        done={(offer) => navigate(`/benefit-offers/${offer.id}`)}
      />
    </>
  );
}

/** Whether it is told how many there are: of what is offered from above, none of those that other unions have a share in. */
const isTold = ({ from_above, total, rounds }: OfferView) =>
  !from_above || total > 0 || !rounds.some((round) => round.shared);

function Pieces({ of }: { of: OfferView }) {
  if (!isTold(of)) return <span className="quiet">与其他工会共用</span>;
  return of.from_above ? `分到 ${count(of.total)}` : count(of.total);
}
