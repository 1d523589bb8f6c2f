import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useAction } from "../../client/action";
import { get, post, type Sending } from "../../client/http";
import type { Departure, ProviderView } from "../../client/types";
import { ProblemNotice } from "../parts/problem-notice";

/** The name of the unit's own sign-in, if there is one. */
export function useProvider(): string | undefined {
  const asked = useQuery({
    queryKey: ["session", "provider"],
    queryFn: () => get<ProviderView>("/session/provider"),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return asked.data?.label ?? undefined;
}

/** Signs in by the unit's own sign-in; nothing is shown where there is none. */
export function ProviderButton({ before }: { before: ReactNode }) {
  const label = useProvider();
  const leave = useAction(async (_: null, sending: Sending) => {
    const { url } = await post<Departure>("/session/provider", undefined, sending);
    window.location.assign(url);
  });
  if (!label) return null;
  return (
    <>
      {before}
      <ProblemNotice problem={leave.problem} />
      <Button block size="large" loading={leave.busy} onClick={() => leave.run(null)}>
        用{label}登录
      </Button>
    </>
  );
}
