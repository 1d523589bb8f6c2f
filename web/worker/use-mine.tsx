import { type UseQueryOptions, type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { Problem } from "../client/http";
import { ask } from "./ask";
import { asked } from "./asked";
import { Failed, Loading } from "./frame";

/** Asks for something of the worker who is logged in. */
export function useMine<T>(path: string, options: Partial<UseQueryOptions<T>> = {}): UseQueryResult<T> {
  return useQuery<T>({ queryKey: ["mine", path], queryFn: ({ signal }) => ask<T>(path, {}, signal), ...options });
}

/** Asks again for what begins with one of these paths, whatever was sought there. */
export function useAgain(...paths: string[]): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries(asked(...paths));
}

/** Whether it is no worker who asks: nobody, or an officer with the console open beside. */
export const isStranger = (error: unknown) => error instanceof Problem && [401, 403].includes(error.status);

/** The address of the log-in, from which one comes back here. */
export function useLogInAddress(): string {
  const { pathname, search } = useLocation();
  return `/login?to=${encodeURIComponent(pathname + search)}`;
}

/** To the log-in, and back here afterwards. */
export function ToLogIn() {
  return <Navigate to={useLogInAddress()} replace />;
}

/** Shows what was asked for; until then, or if it fails, says so. An old answer stays while a new one is asked for. */
export function Answered<T>({ asked, children }: { asked: UseQueryResult<T>; children: (value: T) => ReactNode }) {
  if (isStranger(asked.error)) return <ToLogIn />;
  if (asked.data !== undefined) {
    return (
      <>
        {asked.isError && <Failed error={asked.error} again={() => asked.refetch()} />}
        {children(asked.data)}
      </>
    );
  }
  if (asked.isError) return <Failed error={asked.error} again={() => asked.refetch()} />;
  return <Loading />;
}
