import { Button } from "antd";
import { useState } from "react";
import type { OfferView, RedemptionRow } from "../../client/types";
import { minute, yuan } from "../../shared/words";
import { DayRange } from "../parts/day-range";
import { FilterSelect } from "../parts/filter-select";
import { ListTable, SearchBox, WRAPPED } from "../parts/list-table";
import { TakeAway } from "../parts/take-away";
import { Word } from "../parts/word";
import { PersonName } from "../people/person-name";
import { useMay } from "../session";
import { useFilters } from "../use-filters";
import { useKinds } from "./kinds";
import { Place } from "./places";
import { REDEMPTIONS, TakeBackWindow } from "./take-back";

// Under names of their own: an offer's page has another list, with filters in the same address.
const DEFAULTS = {
  ...{ redeemed_q: "", redeemed_place: "", redeemed_site: "", redeemed_kind: "" },
  ...{ redeemed_from: "", redeemed_to: "", redeemed_back: "" },
};

interface ListProps {
  /** By people of this union and those below it. */
  organisation?: string;
  /** Of this offer, whose people they are. */
  offer?: OfferView;
  /** After one was taken back. */
  changed?: () => void;
}

/** What was handed over, the last first; what was a mistake is taken back here. */
export function RedemptionList({ organisation, offer, changed }: ListProps) {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [taking, take] = useState<RedemptionRow>();
  const may = useMay();
  const place = { value: filters.redeemed_place, change: (redeemed_place: string) => change({ redeemed_place }) };
  const kinds = useKinds();
  const site = filters.redeemed_site;
  const asked = {
    // What a station handed over is told of all who got it.
    organisation: site ? undefined : organisation,
    offer: offer?.id,
    q: filters.redeemed_q,
    place: place.value,
    site,
    kind: filters.redeemed_kind,
    from: filters.redeemed_from,
    to: filters.redeemed_to,
    // A form has its own kinds of values, unlike an address.
    taken_back: filters.redeemed_back === "" ? undefined : filters.redeemed_back === "true",
  };
  return (
    <>
      <ListTable<RedemptionRow>
        path={REDEMPTIONS}
        asked={asked}
        unit="条"
        empty="还没有核销记录。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox
              label="领取人姓名、手机号或证件号码"
              value={filters.redeemed_q}
              change={(redeemed_q) => change({ redeemed_q })}
            />
            {offer ? (
              <FilterSelect
                {...place}
                label="核销点"
                options={offer.places.map((one) => ({ value: one.id, label: one.name }))}
              />
            ) : (
              <Place
                label="核销点"
                organisation={organisation ?? ""}
                value={place.value || undefined}
                onChange={(chosen) => place.change(chosen ?? "")}
              />
            )}
            {site && (
              <FilterSelect
                label="驿站"
                value={site}
                change={(redeemed_site) => change({ redeemed_site })}
                options={[{ value: site, label: "只看这个驿站" }]}
              />
            )}
            {!offer && (
              <FilterSelect
                label="服务类别"
                value={filters.redeemed_kind}
                change={(redeemed_kind) => change({ redeemed_kind })}
                options={kinds.map((kind) => ({ value: kind.code, label: kind.label }))}
              />
            )}
            <DayRange
              from={filters.redeemed_from}
              to={filters.redeemed_to}
              change={(days) => change({ redeemed_from: days.from, redeemed_to: days.to })}
            />
            <FilterSelect
              label="核销状态"
              value={filters.redeemed_back}
              change={(redeemed_back) => change({ redeemed_back })}
              options={[
                { value: "false", label: "有效" },
                { value: "true", label: "已撤销" },
              ]}
            />
          </>
        }
        acts={
          <TakeAway
            path={`${REDEMPTIONS}/exports`}
            asked={asked}
            organisation={organisation}
            permission="benefit.export"
            personal
          />
        }
        scroll={WRAPPED}
        columns={[
          { title: "核销时间", render: (_, row) => minute(row.redeemed_at) },
          {
            title: "服务",
            hidden: offer !== undefined,
            render: (_, row) => <div className="narrow-cell">{row.title}</div>,
          },
          {
            title: "姓名和手机",
            render: (_, row) => (
              <>
                <PersonName of={row} />
                <div className="quiet">{row.phone}</div>
              </>
            ),
          },
          { title: "工会", render: (_, row) => <div className="narrow-cell">{row.organisation}</div> },
          {
            title: "核销点和核销人",
            render: (_, row) => (
              <div className="narrow-cell">
                {row.place}
                <div className="quiet">{row.by}</div>
              </div>
            ),
          },
          { title: "金额（元）", align: "right", render: (_, row) => yuan(row.amount_fen) },
          {
            title: "状态",
            render: (_, row) =>
              row.taken_back_at ? (
                <Word tone="quiet">{`${minute(row.taken_back_at)} 撤销`}</Word>
              ) : (
                <Word tone="good">有效</Word>
              ),
          },
          {
            title: "办理",
            hidden: !may("benefit.redeem"),
            // What another union's place handed over for another's money is not one's own to take back.
            render: (_, row) =>
              row.is_own &&
              !row.taken_back_at && (
                <Button type="link" aria-label={`撤销核销${row.name}`} onClick={() => take(row)}>
                  撤销核销
                </Button>
              ),
          },
        ]}
      />
      <TakeBackWindow
        claim={taking && { id: taking.claim_id, name: taking.name }}
        close={() => take(undefined)}
        done={changed}
      />
    </>
  );
}
