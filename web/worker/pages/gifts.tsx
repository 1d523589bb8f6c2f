import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { useAction } from "../../client/action";
import { post } from "../../client/http";
import type { OfferedStationGift, Page, StationGift, StationGiftClaim, StationGifts } from "../../client/types";
import { minute } from "../../shared/words";
import { ask, tell } from "../ask";
import { Field } from "../field";
import { NearSearch, type Sought } from "../find/near-search";
import { Failed, Frame, Loading, NotDone } from "../frame";
import { MineHeading } from "../mine-heading";
import { NextPage } from "../next-page";
import { StationLine } from "../station-line";
import { Sure } from "../sure";
import { Answered, useAgain, useMine } from "../use-mine";

const PATH = "/me/station-gifts";

/** The donation corners of stations: what can be had, what is kept for me, what I gave. */
export default function GiftsPage() {
  const asked = useMine<StationGifts>(PATH);
  const taken = useRef(false);
  const wanted = useRef("");
  const again = useAgain(PATH);
  const reserve = useAction((input: StationGift, sending) =>
    tell<StationGiftClaim>(`${PATH}/${input.id}/reserve`, { quantity: 1 }, sending),
  );
  const want = async (gift: StationGift) => {
    wanted.current = gift.id;
    taken.current = Boolean(await reserve.run(gift));
    await again();
  };
  return (
    <Frame title="爱心角">
      <Answered asked={asked}>
        {(gifts) => (
          <>
            <p>单位和职工捐到驿站的物品，需要的人免费领。先在这里预留，再到驿站找站长领取。</p>
            <NotDone problem={reserve.problem} />
            <MineHeading number={gifts.mine.length} taken={taken}>
              我的
            </MineHeading>
            {gifts.mine.map((claim) => (
              <Mine key={claim.id} claim={claim} again={again} />
            ))}
            <h2>可以领的</h2>
            <Offered
              kept={gifts.mine.filter((one) => ["reserved", "taken"].includes(one.state)).map((one) => one.gift_id)}
              want={want}
              busy={reserve.busy ? wanted.current : undefined}
            />
            {gifts.given.length > 0 && <h2>我捐的</h2>}
            {gifts.given.map((gift) => (
              <article className="box" key={gift.id}>
                <p>
                  <b>{gift.name}</b> · 共{gift.quantity}
                  {gift.unit}，还有{gift.left}
                  {gift.unit}
                </p>
                {gift.said.map((words, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: many say the same
                  <p key={at}>“{words}”</p>
                ))}
              </article>
            ))}
          </>
        )}
      </Answered>
    </Frame>
  );
}

interface OfferedProps {
  /** The keys of what I have or is kept for me. */
  kept: string[];
  want: (gift: StationGift) => void;
  /** The key of what is being kept for me. */
  busy?: string;
}

/** What can be had, by nearness once it is known from where. */
function Offered({ kept, want, busy }: OfferedProps) {
  const [sought, seek] = useState<Sought>({});
  const asked = useInfiniteQuery({
    queryKey: ["mine", `${PATH}/offered`, sought],
    queryFn: ({ pageParam, signal }) =>
      ask<Page<OfferedStationGift>>(`${PATH}/offered`, { ...sought, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  });
  const offered = asked.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <NearSearch sought={sought} seek={seek} label="物品、驿站或地址" />
      {asked.isPending && <Loading />}
      {offered?.length === 0 && (
        <p className="note">
          {sought.q ? `没有找到“${sought.q}”，换个词看看。` : "现在没有可领的物品，过些天再来看看。"}
        </p>
      )}
      {offered?.map((gift) => (
        <article className="box" key={gift.id}>
          <p>
            <b>{gift.name}</b> · 还有{gift.left}
            {gift.unit}
          </p>
          <StationLine at={gift} />
          <p className="quiet small">
            {gift.giver}捐{gift.note && ` · ${gift.note}`}
          </p>
          {gift.thanks && <p className="quiet small">“{gift.thanks}”</p>}
          {!kept.includes(gift.id) && (
            <button
              type="button"
              className="plain wide"
              disabled={busy !== undefined}
              aria-label={`预留一${gift.unit}${gift.name}`}
              onClick={() => want(gift)}
            >
              {busy === gift.id ? "正在预留…" : `预留一${gift.unit}`}
            </button>
          )}
        </article>
      ))}
      <NextPage asked={asked} />
    </>
  );
}

function Mine({ claim, again }: { claim: StationGiftClaim; again: () => Promise<void> }) {
  const [words, say] = useState("");
  const cancel = useAction((id: string, sending) => post<StationGiftClaim>(`${PATH}/${id}/cancel`, undefined, sending));
  const thank = useAction((input: { text: string }, sending) =>
    tell<StationGiftClaim>(`${PATH}/${claim.gift_id}/thank`, input, sending),
  );
  const leave = async () => {
    await cancel.run(claim.gift_id);
    await again();
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (await thank.run({ text: words })) await again();
  };
  return (
    <article className="box">
      <p>
        <b>{claim.gift}</b> × {claim.quantity} · {claim.state_label}
      </p>
      <StationLine at={claim} />
      {claim.reason && <p className="quiet small">驿站取消预留的原因：{claim.reason}</p>}
      {cancel.problem && <Failed error={cancel.problem} />}
      {claim.state === "reserved" && (
        <>
          <p className="quiet small">请在 {minute(claim.until).slice(5)} 前、驿站开放时去领取</p>
          <Sure
            open="不要了，留给别人"
            look="link"
            says="取消后会让给别人，再想要须重新预留，可能已经没有了。"
            yes="确定不要"
            no="还要"
            busy={cancel.busy}
            done={(close) => leave().then(close)}
          />
        </>
      )}
      {claim.state === "taken" && !claim.thanked && (
        <form onSubmit={send} noValidate>
          {thank.problem && !thank.problem.of("text") && <Failed error={thank.problem} />}
          <Field
            label="对捐赠人说句话"
            maxLength={60}
            value={words}
            wrong={thank.problem?.of("text")}
            hint="不显示您的名字"
            onChange={say}
            beside={
              <button type="submit" className="plain" disabled={thank.busy}>
                感谢
              </button>
            }
          />
        </form>
      )}
      {claim.thanked && <p className="quiet small">您已表示感谢</p>}
    </article>
  );
}
