import "./style-nonce";
import { ConfigProvider } from "antd";
import chinese from "antd/locale/zh_CN";
import { createRoot } from "react-dom/client";
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
import { Around } from "./around";
import { Shell } from "./shell";

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
watchTouches();
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
      <Around client={client}>
        <Shell />
      </Around>
    </ConfigProvider>,
  );
}
