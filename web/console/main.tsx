import "./style-nonce";
import { createRoot } from "react-dom/client";
import { watchTouches } from "../client/idle";
import { again, Queries } from "../client/queries";
import "../shared/base.css";
import "./sign-in/sign-in.css";
import "./shell.css";
import "./parts/parts.css";
import "./plan/plan.css";
import "./parts/forms.css";
import "./station/station.css";
import { watchLeaving } from "./parts/leaving";
import { Shell } from "./shell";
import { comeBack } from "./sign-in/returned";
import { Surroundings } from "./surroundings";

const client = new Queries({
  defaultOptions: {
    queries: {
      retry: again(1),
      refetchOnWindowFocus: false,
    },
  },
});
watchTouches();
comeBack();
watchLeaving();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <Surroundings client={client}>
      <Shell />
    </Surroundings>,
  );
}
