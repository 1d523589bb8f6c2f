import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App } from "antd";
import type { ReactNode } from "react";
import { BrowserRouter } from "react-router";

/** Long enough for those who read slowly; the next one takes the place of the last. */
const READABLE = { duration: 6, maxCount: 1 };

interface AroundProps {
  client: QueryClient;
  children?: ReactNode;
}

/**
 * What stands around all pages. A window that a page opens by `App.useApp` is drawn at `App`, not at the page, so whatever its
 * words may need, links and buttons that ask the server, stands around `App`.
 */
export function Around({ client, children }: AroundProps) {
  return (
    <QueryClientProvider client={client}>
      <BrowserRouter useTransitions={false}>
        <App message={READABLE}>{children}</App>
      </BrowserRouter>
    </QueryClientProvider>
  );
}
