import { useState } from "react";
import { PAPERS } from "../../shared/papers";
import { Choice, Field } from "../field";
import type { Draft } from "./draft";

const CITIZEN = "citizen_number";

/** Kinds of 18 digits whose last may be an X. */
const DIGITS = [CITIZEN, "hk_mo_tw_residence"];

interface Given {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  wrong?: string;
}

/** The paper's number. Nearly all have a citizen number: other kinds are folded away. */
export function Document({ draft, change, wrong }: Given) {
  const [unfolded, setUnfolded] = useState(draft.document_kind !== CITIZEN);
  const digits = DIGITS.includes(draft.document_kind);
  const number = draft.document_number;
  // Phones' number pads have no X.
  const x = (
    <button
      type="button"
      className="plain"
      onClick={() => change({ document_number: `${number}X` })}
      disabled={number.length !== 17}
      aria-label="末位是 X"
    >
      X
    </button>
  );
  return (
    <>
      {unfolded && (
        <Choice
          label="证件类型"
          value={draft.document_kind}
          onChange={(document_kind) => change({ document_kind, document_number: "" })}
        >
          {Object.entries(PAPERS).map(([code, label]) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </Choice>
      )}
      <Field
        label={draft.document_kind === CITIZEN ? "身份证号" : "证件号码"}
        inputMode={digits ? "numeric" : "text"}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={30}
        value={number}
        onChange={(text) => change({ document_number: text.toUpperCase() })}
        wrong={wrong}
        hint="加密保存，不会留在这台手机上"
        beside={digits ? x : undefined}
      />
      {!unfolded && (
        <button type="button" className="link" onClick={() => setUnfolded(true)}>
          没有居民身份证？换一种证件
        </button>
      )}
    </>
  );
}
