import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter, Route, Routes } from "react-router";
import "../shared/base.css";
import "./worker.css";
import "./parts.css";
import "./card.css";
import "./form.css";
import "./station.css";
import { again, onceBack, Queries } from "../client/queries";
import { Falling } from "./fallen";
import { Frame, Loading } from "./frame";
import { JoinPage } from "./join/page";
import { goBelow, hearOfNetwork, keepPages } from "./offline/start";
import { CardPage } from "./pages/card";
import { CheckPage } from "./pages/check";
import { HomePage } from "./pages/home";
import { LogInPage } from "./pages/log-in";
import { PrivacyPage } from "./pages/privacy";
import { RecordsPage } from "./pages/records";
import { UnionPage } from "./pages/union";
import { Staying } from "./staying";

/** What few open is fetched when it is opened. */
const ActivitiesPage = lazy(() => import("./pages/activities"));
const DesksPage = lazy(() => import("./pages/desks"));
const DutyPage = lazy(() => import("./pages/duty"));
const GiftsPage = lazy(() => import("./pages/gifts"));
const GuestPage = lazy(() => import("./pages/guest"));
const BenefitsPage = lazy(() => import("./pages/benefits"));
const VoucherPage = lazy(() => import("./pages/voucher"));
const DrawPage = lazy(() => import("./pages/draw"));
const RedeemPage = lazy(() => import("./pages/redeem"));
const ScanPage = lazy(() => import("./pages/redeem").then(({ ScanPage }) => ({ default: ScanPage })));
const PublicityPage = lazy(() => import("./pages/publicity"));
const PartnerBatchesPage = lazy(() => import("./pages/partner-batches"));
const StatementsPage = lazy(() => import("./pages/statements"));
const FaultsPage = lazy(() => import("./pages/faults"));
const FindPage = lazy(() => import("./pages/find"));
const StationCodePage = lazy(() => import("./pages/station-code"));
const VolunteerPage = lazy(() => import("./pages/volunteer"));
const VisitsPage = lazy(() => import("./pages/visits"));
const NotMePage = lazy(() => import("./pages/not-me"));

const client = new Queries({
  // Chat programs' browsers often say that they are offline when they are not.
  defaultOptions: {
    queries: {
      retry: again(3),
      networkMode: "always",
      staleTime: 10_000,
      refetchInterval: onceBack,
      refetchOnReconnect: true,
    },
  },
});

hearOfNetwork();
goBelow();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={client}>
      {/* What is chosen shows at once: in a transition a ticked box jumps back until the page is drawn. */}
      <BrowserRouter basename="/w/" useTransitions={false}>
        <Falling>
          <Staying>
            <Suspense
              fallback={
                <Frame title="正在打开">
                  <Loading />
                </Frame>
              }
            >
              <Routes>
                <Route path="/e/:code" element={<JoinPage />} />
                <Route path="/login" element={<LogInPage />} />
                <Route path="/not-me" element={<NotMePage />} />
                <Route path="/card/:token" element={<CheckPage />} />
                <Route path="/benefits" element={<BenefitsPage />} />
                <Route path="/vouchers/:id" element={<VoucherPage />} />
                <Route path="/draw/:id" element={<DrawPage />} />
                <Route path="/publicity/:id" element={<PublicityPage />} />
                <Route path="/redeem" element={<RedeemPage />} />
                <Route path="/redeem/batches" element={<PartnerBatchesPage />} />
                <Route path="/redeem/statements" element={<StatementsPage />} />
                <Route path="/v/:token" element={<ScanPage />} />
                <Route path="/card" element={<CardPage />} />
                <Route path="/union" element={<UnionPage />} />
                <Route path="/records" element={<RecordsPage />} />
                <Route path="/privacy" element={<PrivacyPage />} />
                <Route path="/activities" element={<ActivitiesPage />} />
                <Route path="/desks" element={<DesksPage />} />
                <Route path="/volunteer" element={<VolunteerPage />} />
                <Route path="/duty" element={<DutyPage />} />
                <Route path="/stations" element={<FindPage />} />
                <Route path="/gifts" element={<GiftsPage />} />
                <Route path="/guest" element={<GuestPage />} />
                <Route path="/pass" element={<StationCodePage />} />
                <Route path="/visits" element={<VisitsPage />} />
                <Route path="/faults" element={<FaultsPage />} />
                <Route path="/" element={<HomePage />} />
                <Route
                  path="*"
                  element={
                    <Frame title="没有这个页面">
                      <p>地址可能抄错了。请重新扫码，或回到首页。</p>
                    </Frame>
                  }
                />
              </Routes>
            </Suspense>
          </Staying>
        </Falling>
      </BrowserRouter>
    </QueryClientProvider>,
  );
}

keepPages();
