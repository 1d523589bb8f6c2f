import { address } from "../../client/http";
import type { StoredFile } from "../../client/types";
import { upload } from "../../client/upload";
import { NOTHING } from "../../shared/words";
import { useMay } from "../session";
import { ATTACHED, type Chosen, chosenFile, FileField } from "./file-field";

/** The keys of files that were handed in, so that trying again hands none in twice. */
const handedIn = new WeakMap<File, string>();

/** Hands the file in for the organisation, if one was chosen. Answers its key. */
export async function handIn(chosen: Chosen, organisation: string): Promise<string | undefined> {
  const file = chosenFile(chosen);
  if (!file) return undefined;
  const before = handedIn.get(file);
  if (before) return before;
  const body = new FormData();
  body.set("organisation_id", organisation);
  body.set("file", file);
  const { id } = await upload<StoredFile>("/attachments", body);
  handedIn.set(file, id);
  return id;
}

/** A field of a form for one file, named `file`; not shown to who may not hand any in. */
export function AttachmentField({ label }: { label: string }) {
  const may = useMay();
  if (!may("attachments.add")) return null;
  return <FileField label={label} {...ATTACHED} />;
}

/** A file that was handed in, by its name; a link for who may see it. */
export function AttachmentLink({ file }: { file: { id: string; name: string } | null | undefined }) {
  const may = useMay();
  if (!file) return <>{NOTHING}</>;
  if (!may("attachments.view")) return <>{file.name}</>;
  return (
    <a href={address(`/attachments/${file.id}`)} download>
      {file.name}
    </a>
  );
}
