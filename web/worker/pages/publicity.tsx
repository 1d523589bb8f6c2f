import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import type { PublicList, PublicNominee } from "../../client/types";
import { count, fromTo } from "../../shared/words";
import { ask, tell } from "../ask";
import { ObjectForm } from "../benefit/object";
import { Frame, Loading } from "../frame";
import { NextPage } from "../next-page";
import { useLogInAddress } from "../use-mine";

/** Who is to get a benefit, for anybody; who knows better objects while it is shown. */
export default function PublicityPage() {
  const { id = "" } = useParams();
  const asked = useInfiniteQuery({
    queryKey: ["publicity", id],
    queryFn: ({ pageParam, signal }) =>
      ask<PublicList>(`/public/publicity/${id}`, { cursor: pageParam, limit: 100 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const [list] = asked.data?.pages ?? [];
  return (
    <Frame title="公示" home={false}>
      {asked.isPending && <Loading />}
      {list && <Shown list={list} people={asked.data?.pages.flatMap((page) => page.items) ?? []} />}
      <NextPage asked={asked} />
    </Frame>
  );
}

function Shown({ list, people }: { list: PublicList; people: PublicNominee[] }) {
  const [against, object] = useState<PublicNominee>();
  return (
    <>
      <p className="display">{list.title}</p>
      <p>
        {list.organisation}拟发放给以下{count(list.total)}名职工，公示期{fromTo(list.from, list.until)}。
        {list.open ? "有异议请在公示期内提出，工会核实后答复。" : "公示期已满。"}
      </p>
      <ul className="line">
        {people.map((one) => (
          <li key={one.id}>
            <b>{one.name}</b>
            {list.open && (
              <button type="button" className="plain" aria-label={`对${one.name}提出异议`} onClick={() => object(one)}>
                有异议
              </button>
            )}
            <span className="quiet">{[one.organisation, one.group_label].filter(Boolean).join(" · ")}</span>
            {against?.id === one.id && <Objection against={one} close={() => object(undefined)} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Objection({ against, close }: { against: PublicNominee; close: () => void }) {
  const [sent, send] = useState(false);
  const logIn = useLogInAddress();
  if (sent)
    return (
      <p className="note whole" role="status">
        已提出，工会核实后答复。反映人不公开。
      </p>
    );
  return (
    <ObjectForm
      label={`对${against.name}的异议和理由`}
      hint="反映人不公开。"
      send={(reason, sending) =>
        tell<void>(`/me/benefit-nominations/${against.id}/object`, { reason }, sending).then(() => true)
      }
      done={() => send(true)}
      close={close}
      stranger={
        <div className="note bad" role="alert">
          <p>请先登录，再提出异议；也可以直接联系所在工会。</p>
          <Link to={logIn} className="plain">
            登录
          </Link>
        </div>
      }
    />
  );
}
