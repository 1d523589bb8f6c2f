import { QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import chinese from "antd/locale/zh_CN";
import type { ComponentType, PropsWithChildren } from "react";
import { BrowserRouter } from "react-router";
import type { Queries } from "../client/queries";
import { theme } from "../shared/theme";

/**
 * Whoever asked for stillness gets it from antd, too: it waits for the end of what base.css keeps from moving at all, and a window
 * would never close.
 */
export const STILL = "(prefers-reduced-motion: reduce)";
const CLOSABLE = { "aria-label": "关闭" };
/** Long enough for those who read slowly; the next one takes the place of the last. */
const READABLE = { duration: 6, maxCount: 1 };

interface Props {
  client: Queries;
  /** Where the address stands that the pages read. */
  Router?: ComponentType<PropsWithChildren>;
}

function InBrowser({ children }: PropsWithChildren) {
  return <BrowserRouter useTransitions={false}>{children}</BrowserRouter>;
}

/**
 * What all pages stand in. The windows that a page opens by a call are drawn by `App` and not by the page, so all that they may
 * hold, such as a link or a button that asks who is logged in, must have what it needs outside of it.
 */
export function Surroundings({ client, Router = InBrowser, children }: PropsWithChildren<Props>) {
  return (
    <ConfigProvider
      theme={{ ...theme, token: { ...theme.token, motion: !window.matchMedia(STILL).matches } }}
      locale={chinese}
      // What antd's own locale leaves in English.
      modal={{ closable: CLOSABLE }}
      drawer={{ closable: CLOSABLE }}
    >
      <QueryClientProvider client={client}>
        <Router>
          <App message={READABLE}>{children}</App>
        </Router>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
