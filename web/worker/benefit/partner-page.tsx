import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { post } from "../../client/http";
import { Failed, Frame, Loading } from "../frame";
import { partnerKey } from "./partner-key";

interface PageProps<T> {
  title: string;
  /** What the place asks for with its secret. */
  path: string;
  /** What it is shown; `keep` puts a newer answer in the place of the one that is shown. */
  children: (shown: T, secret: string, keep: (shown: T) => void) => ReactNode;
}

/** A page of a place's own, behind the one on which it redeems. */
export function PartnerPage<T>({ title, path, children }: PageProps<T>) {
  const [key] = useState(() => partnerKey(""));
  const client = useQueryClient();
  const asked = useQuery({
    queryKey: [path, key],
    queryFn: () => post<T>(path, { key }),
    enabled: key !== undefined,
  });
  return (
    <Frame title={title} home={false}>
      {key === undefined && <p className="note bad">本机还没有核销权限。请用工会发给核销点的链接打开一次。</p>}
      {key !== undefined && asked.isPending && <Loading />}
      {asked.isError && <Failed error={asked.error} again={() => asked.refetch()} />}
      {key !== undefined &&
        asked.data !== undefined &&
        children(asked.data, key, (shown) => client.setQueryData([path, key], shown))}
      <Link to="/redeem" className="plain wide">
        返回核销
      </Link>
    </Frame>
  );
}
