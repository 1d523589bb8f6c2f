import { RedemptionList } from "../benefit/redemption-list";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";

/** What was handed over, for those who don't redeem themselves; the figures of a station lead here. */
export default function BenefitRedemptions() {
  const [organisation] = useOrganisation();
  return (
    <>
      <PageHead note="只列本人有权查看的工会的职工。" />
      <RedemptionList organisation={organisation} />
    </>
  );
}
