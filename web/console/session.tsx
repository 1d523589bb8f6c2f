import { useQuery, useQueryClient } from "@tanstack/react-query";
import { get, Problem, send } from "../client/http";
import type { Session } from "../client/types";

/** Who is logged in; null if nobody is. */
export function useSession() {
  return useQuery({
    queryKey: ["session"],
    queryFn: async () => {
      try {
        return await get<Session>("/session");
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });
}

/** Logs out and forgets all that was loaded. */
export function useLogOut() {
  const client = useQueryClient();
  return async () => {
    await send("DELETE", "/session");
    client.clear();
    window.location.assign("/");
  };
}
