import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useAction } from "../../client/action";
import { get, post, type Sending } from "../../client/http";
import type { Departure, ProviderView } from "../../client/types";
import { ProblemNotice } from "../parts/problem-notice";
import { leaving } from "./returned";

/** The name of the unit's own sign-in, if there is one. */
export function useProvider(): string | undefined {
  const asked = useQuery({
    queryKey: ["session", "provider"],
    queryFn: () => get<ProviderView>("/session/provider"),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return asked.data?.label ?? undefined;
}

interface Provider {
  before: ReactNode;
  /** Whether it is done in another window, because this one's pages stay. */
  aside: boolean;
}

/** Signs in by the unit's own sign-in; nothing is shown where there is none. */
export function ProviderButton({ before, aside }: Provider) {
  const label = useProvider();
  const leave = useAction(async (_: null, sending: Sending) => {
    const { url } = await post<Departure>("/session/provider", undefined, sending);
    leaving();
    window.location.assign(url);
  });
  if (!label) return null;
  return (
    <>
      {before}
      <ProblemNotice problem={leave.problem} />
      {aside ? (
        <Button block size="large" href="/" target="_blank">
          在新窗口用{label}登录，再回到这里
        </Button>
      ) : (
        <Button block size="large" loading={leave.busy} onClick={() => leave.run(null)}>
          用{label}登录
        </Button>
      )}
    </>
  );
}
