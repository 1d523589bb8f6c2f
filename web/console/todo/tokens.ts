import { useQuery } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { Page, TokenView, Waiting } from "../../client/types";
import { daysAfter } from "../../shared/words";
import { useMay, useToday } from "../session";

/** So many days before a token's last one the next is to be made, as the other system's people have to put it in. */
const AHEAD = 14;

/** Whether a token runs out within these days; one that did opens nothing any more, and nobody need hurry. */
export const runsOut = (token: TokenView, today: string): boolean =>
  !token.expired && token.expires_on <= daysAfter(today, AHEAD);

/** Tokens that run out soon: the other system would be shut out without a word. */
export function useTokens() {
  const may = useMay();
  const today = useToday();
  const tokens = useQuery({
    queryKey: ["/tokens", "count"],
    queryFn: () => get<Page<TokenView>>("/tokens"),
    enabled: may("access.view") && may("access.tokens") && today !== "",
  });
  const row: Waiting = {
    code: "access.tokens",
    label: `${AHEAD}天内到期的接口令牌`,
    count: tokens.data?.items.filter((one) => runsOut(one, today)).length ?? 0,
    path: "/tokens",
  };
  return { row, error: tokens.error, isLoading: tokens.isLoading };
}
