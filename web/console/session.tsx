import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { get, Problem, send, sentence } from "../client/http";
import type { Session } from "../client/types";
import { forgetWindow, kept, store } from "../shared/store";
import { today } from "../shared/words";
import { forget } from "./station/draft";

/** Who is logged in, or was until a moment ago: then his pages stay as they are while he is away. */
export interface Officer extends Session {
  away?: boolean;
}

/** He whose log-in has ended; null where nobody was logged in. */
export const away = (officer?: Officer | null): Officer | null => (officer ? { ...officer, away: true } : null);

/** Whose it is what this window keeps, by his account. */
const OWNER = "niangjia.owner";

/** What somebody else chose or typed in this window before is not this officer's, however he came. */
function own({ account }: Session) {
  if (!account || kept(OWNER, "sessionStorage") === account) return;
  forgetWindow();
  store(OWNER, account, "sessionStorage");
}

/** Who is logged in; null if nobody is. */
export function useSession() {
  const client = useQueryClient();
  return useQuery({
    queryKey: ["session"],
    queryFn: async (): Promise<Officer | null> => {
      try {
        const session = await get<Session>("/session");
        own(session);
        return session;
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return away(client.getQueryData<Officer>(["session"]));
        throw error;
      }
    },
    staleTime: 60_000,
  });
}

/** Whether the officer holds a permission; only for what is shown, the server asks again. */
export function useMay(): (permission: string) => boolean {
  const held = useSession().data?.permissions ?? [];
  return (permission) => held.includes(permission);
}

/** The server's day (YYYY-MM-DD) once it has told who is logged in, also after a midnight with the page open. */
export function useToday(): string {
  return useSession().data ? today() : "";
}

/** Logs out and forgets all that was loaded; whoever is still logged in is told so. */
export function useLogOut() {
  const client = useQueryClient();
  const { message } = App.useApp();
  return async () => {
    try {
      await send("DELETE", "/session");
    } catch (problem) {
      message.error(`还没有退出：${sentence(problem)}`);
      return;
    }
    forget(client.getQueryData<Session>(["session"])?.account);
    client.clear();
    forgetWindow();
    window.location.assign("/");
  };
}
