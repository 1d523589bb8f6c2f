import type { MyRedemptionPlace } from "../../client/types";
import { Counter } from "../benefit/counter";
import { Answered, useMine } from "../use-mine";

/** Vouchers at the station where I am on duty. */
export function RedeemHere({ station }: { station: string }) {
  const asked = useMine<MyRedemptionPlace[]>("/me/redemption-places", { refetchInterval: 15_000 });
  return (
    <Answered asked={asked}>
      {(places) => {
        const here = places.find((one) => one.site_id === station);
        if (here) return <Counter day={here} mine={here} />;
        return (
          <p className="note">本站还不是普惠服务的核销点。请上级工会在工作台“核销点”里登记本站，之后在这里扫码核销。</p>
        );
      }}
    </Answered>
  );
}
