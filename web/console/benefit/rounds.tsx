import { Button, Table } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { post } from "../../client/http";
import type { OfferRound, OfferView } from "../../client/types";
import { count, span } from "../../shared/words";
import { FormModal } from "../parts/form-modal";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { RoundFields, roundForm, type TypedRound } from "./round-fields";

/** The rounds of an offer and how their pieces are shared out; another may be added while it goes on. */
export function Rounds({ offer, done }: { offer: OfferView; done: (offer: OfferView) => void }) {
  const [open, setOpen] = useState(false);
  const may = useMay()("benefit.publish") && offer.state === "published";
  return (
    <>
      <Table<OfferRound>
        rowKey="id"
        size="middle"
        pagination={false}
        scroll={{ x: "max-content" }}
        dataSource={offer.rounds}
        columns={[
          { title: "领取时间", render: (_, row) => span(row.opens_at, row.closes_at) },
          {
            title: "状态",
            render: (_, row) =>
              row.open ? <Word tone="good">领取中</Word> : <Word tone="quiet">{standing(offer, row)}</Word>,
          },
          {
            title: "抽签",
            hidden: offer.way !== "draw",
            render: (_, row) => (
              <a href={`/w/draw/${row.id}`} target="_blank" rel="noreferrer">
                报名 {count(row.entered)} 人，公示页
              </a>
            ),
          },
          {
            title: "推荐",
            hidden: offer.way !== "nominate" || offer.state === "draft",
            render: (_, row) => <Link to={`/nominations/${row.id}`}>推荐与公示</Link>,
          },
          { title: "总数", align: "right", render: (_, row) => count(row.total) },
          { title: "已领", align: "right", render: (_, row) => count(row.given) },
          {
            title: "名额分配（已领／名额）",
            render: (_, row) =>
              row.shares
                .map((share) => `${share.organisation} ${count(share.given)}／${count(share.quota)}`)
                .join("；"),
          },
        ]}
      />
      {may && (
        <Button className="more" onClick={() => setOpen(true)}>
          增加场次
        </Button>
      )}
      <FormModal<{ round: TypedRound }, OfferView>
        title="增加领取场次"
        open={open}
        close={() => setOpen(false)}
        okText="增加"
        submit={(typed, sending) =>
          post<OfferView>(`/benefit-offers/${offer.id}/rounds`, roundForm(typed.round), sending)
        }
        done={(view) => {
          setOpen(false);
          done(view);
        }}
      >
        <RoundFields at={["round"]} />
      </FormModal>
    </>
  );
}

function standing(offer: OfferView, round: OfferRound): string {
  if (offer.state === "closed") return "已结束";
  return Date.now() < Date.parse(round.opens_at) ? "未开放" : offer.state === "draft" ? "未发布" : "已结束";
}
