import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "../../client/http";
import type { BatchView, Page, PartnerBatches, PartnerGuest } from "../../client/types";
import { count, days, minute } from "../../shared/words";
import { PartnerPage } from "../benefit/partner-page";
import { Loading } from "../frame";
import { NextPage } from "../next-page";

/** The batches of checks and stays that come to a place: when, how many, and whom to expect. */
export default function PartnerBatchesPage() {
  return (
    <PartnerPage<PartnerBatches> title="体检、疗休养名单" path="/public/partner-batches">
      {(shown, secret) => (
        <>
          <p>{shown.place}：要来的批次在前，近一个月来过的在后。姓名只显示一部分，到场时扫凭证核对本人。</p>
          {shown.items.length === 0 && <p className="note">还没有安排到这里的批次。</p>}
          {shown.items.map((batch) => (
            <Batch key={batch.id} batch={batch} secret={secret} />
          ))}
        </>
      )}
    </PartnerPage>
  );
}

interface BatchProps {
  batch: BatchView;
  secret: string;
}

function Batch({ batch, secret }: BatchProps) {
  const [open, toggle] = useState(false);
  return (
    <article className="standing statement" aria-label={`${batch.title}，${days(batch)}`}>
      <h2>
        {batch.title}
        <small>{days(batch)}</small>
      </h2>
      {batch.called_off !== null && <p className="note bad">已取消：{batch.called_off}</p>}
      <p>
        预约 <b className="figure">{count(batch.people)}</b> 人，连同行共 <b className="figure">{count(batch.taken)}</b>{" "}
        人；已到场 {count(batch.attended)} 人
      </p>
      {batch.note && <p className="quiet">{batch.note}</p>}
      {batch.people > 0 && (
        <button type="button" className="plain wide" aria-expanded={open} onClick={() => toggle(!open)}>
          {open ? "收起名单" : "查看名单"}
        </button>
      )}
      {open && <Guests batch={batch} secret={secret} />}
    </article>
  );
}

function Guests({ batch, secret }: BatchProps) {
  const asked = useInfiniteQuery({
    queryKey: ["partner-guests", batch.id, secret],
    queryFn: ({ pageParam }) =>
      post<Page<PartnerGuest>>(`/public/partner-batches/${batch.id}/guests?limit=50${pageParam}`, { key: secret }),
    initialPageParam: "",
    getNextPageParam: (last) => (last.next ? `&cursor=${encodeURIComponent(last.next)}` : undefined),
  });
  const guests = asked.data?.pages.flatMap((page, at) =>
    page.items.map((guest, n) => ({ ...guest, key: `${at}-${n}` })),
  );
  return (
    <>
      <ol className="line">
        {guests?.map((guest) => (
          <li key={guest.key}>
            <b>{guest.name}</b>
            <span>{guest.along > 0 && `同行 ${guest.along} 人`}</span>
            <span className="quiet">
              {guest.state_label} {guest.attended_at && minute(guest.attended_at)}
            </span>
          </li>
        ))}
      </ol>
      {asked.isPending && <Loading />}
      <NextPage asked={asked} />
    </>
  );
}
