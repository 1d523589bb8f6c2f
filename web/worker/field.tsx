import { type InputHTMLAttributes, type ReactNode, useId } from "react";

interface Named {
  label: string;
  /** What is wrong, in plain words. */
  wrong?: string;
  hint?: string;
}

/** Where digits are asked for, full-width ones are the digits that they look like. */
const DIGITS = ["numeric", "decimal", "tel"];

/** A labelled place to type in; what is wrong stands right below it and is read out. */
export function Field({
  label,
  wrong,
  hint,
  beside,
  onChange,
  ...input
}: Named & { beside?: ReactNode; onChange: (text: string) => void } & Omit<
    InputHTMLAttributes<HTMLInputElement>,
    "id" | "onChange"
  >) {
  const id = useId();
  const told = (text: string) => onChange(DIGITS.includes(input.inputMode ?? "") ? text.normalize("NFKC") : text);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-line">
        <input
          {...input}
          id={id}
          onChange={(event) => told(event.target.value)}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={wrong || hint ? `${id}-said` : undefined}
        />
        {beside}
      </div>
      <Said id={`${id}-said`} wrong={wrong} hint={hint} />
    </div>
  );
}

/** A labelled list with the phone's own picker. */
export function Choice({
  label,
  wrong,
  hint,
  value,
  onChange,
  children,
}: Named & { value: string; onChange: (value: string) => void; children: ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong || hint ? `${id}-said` : undefined}
      >
        {children}
      </select>
      <Said id={`${id}-said`} wrong={wrong} hint={hint} />
    </div>
  );
}

/** A few things of which one is tapped. */
export function Taps({
  label,
  wrong,
  value,
  onChange,
  choices,
}: Named & { value: string; onChange: (value: string) => void; choices: { code: string; label: string }[] }) {
  const id = useId();
  return (
    <fieldset className="field taps" data-wrong={wrong ? "" : undefined} aria-describedby={`${id}-said`}>
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.code}>
          <input
            type="radio"
            name={id}
            value={choice.code}
            checked={value === choice.code}
            onChange={() => onChange(choice.code)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
      <Said id={`${id}-said`} wrong={wrong} />
    </fieldset>
  );
}

/** What is wrong, or what helps. The place is always there, as only then changes of it are read out. */
export function Said({ id, wrong, hint }: { id: string; wrong?: string; hint?: string }) {
  return (
    <p id={id} className={wrong ? "said wrong" : "said"} aria-live="polite">
      {wrong ?? hint}
    </p>
  );
}
