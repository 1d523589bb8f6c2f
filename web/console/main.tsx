import "./style-nonce";
import { QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import chinese from "antd/locale/zh_CN";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { watchTouches } from "../client/idle";
import { again, Queries } from "../client/queries";
import { theme } from "../shared/theme";
import "../shared/base.css";
import "./sign-in/sign-in.css";
import "./shell.css";
import "./parts/parts.css";
import "./plan/plan.css";
import "./parts/forms.css";
import "./station/station.css";
import { Shell } from "./shell";
import { comeBack } from "./sign-in/returned";

const client = new Queries({
  defaultOptions: {
    queries: {
      retry: again(1),
      refetchOnWindowFocus: false,
    },
  },
});
// Whoever asked for stillness gets it from antd, too: it waits for the end of what base.css keeps from moving at all, and
// a window would never close.
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const CLOSABLE = { "aria-label": "关闭" };
/** Long enough for those who read slowly; the next one takes the place of the last. */
const READABLE = { duration: 6, maxCount: 1 };
watchTouches();
comeBack();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <ConfigProvider
      theme={{ ...theme, token: { ...theme.token, motion: !still } }}
      locale={chinese}
      // What antd's own locale leaves in English.
      modal={{ closable: CLOSABLE }}
      drawer={{ closable: CLOSABLE }}
    >
      <App message={READABLE}>
        <QueryClientProvider client={client}>
          <BrowserRouter useTransitions={false}>
            <Shell />
          </BrowserRouter>
        </QueryClientProvider>
      </App>
    </ConfigProvider>,
  );
}
