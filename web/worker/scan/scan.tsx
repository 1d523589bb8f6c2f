import { type ChangeEvent, type RefObject, useEffect, useRef, useState } from "react";
import { draw } from "../picture";
import { useTurnedFocus } from "../use-turned-focus";
import { reader, readPhoto } from "./read";

interface ScanProps {
  /** What the button says. */
  label: string;
  /** A code was read. */
  done: (text: string) => void;
}

/** A button that opens the camera and reads one code by it, or by a photo. */
export function Scan({ label, done }: ScanProps) {
  const [open, turn] = useState(false);
  const [opener, closer] = useTurnedFocus<HTMLButtonElement>(open);
  if (!open) {
    return (
      <button ref={opener} type="button" className="main" onClick={() => turn(true)}>
        {label}
      </button>
    );
  }
  const read = (text: string) => {
    turn(false);
    done(text);
  };
  return <Camera done={read} close={() => turn(false)} closer={closer} />;
}

const NO_CAMERA = "打不开相机，请允许使用相机，或从相册选择照片，也可以手工输入。";
const NO_CODE = "这张照片里没有认出二维码，请对准、拍清楚后再选。";

/** Milliseconds between two frames: soon enough for a steady hand, and an old phone stays cool. */
const PAUSE = 150;
/** Dots on the longer side of a frame. */
const FRAME = 800;

interface CameraProps {
  done: (text: string) => void;
  close: () => void;
  /** The button that closes it. */
  closer: RefObject<HTMLButtonElement | null>;
}

function Camera({ done, close, closer }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, tell] = useState("");
  const found = useRef(done);
  found.current = done;
  useEffect(() => {
    let stream: MediaStream | undefined;
    let over = false;
    const look = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        const shown = video.current;
        if (over || !shown) return;
        shown.srcObject = stream;
        await shown.play();
        const [read, canvas] = [reader(), document.createElement("canvas")];
        while (!over) {
          if (shown.videoWidth > 0) {
            draw(canvas, shown, [shown.videoWidth, shown.videoHeight], FRAME);
            const text = await read(canvas);
            if (text && !over) return found.current(text);
          }
          await new Promise((resolve) => setTimeout(resolve, PAUSE));
        }
      } catch {
        if (!over) tell(NO_CAMERA);
      } finally {
        for (const track of stream?.getTracks() ?? []) track.stop();
      }
    };
    look();
    return () => {
      over = true;
    };
  }, []);
  const pick = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    event.target.value = "";
    if (!file) return;
    tell("");
    const text = await readPhoto(file).catch(() => undefined);
    if (text) found.current(text);
    else tell(NO_CODE);
  };
  return (
    <div className="scan">
      <video ref={video} muted playsInline aria-label="相机画面" />
      {trouble && (
        <p className="note bad" role="alert">
          {trouble}
        </p>
      )}
      <label className="plain wide">
        从相册选择照片
        <input type="file" accept="image/*" className="unseen" onChange={pick} />
      </label>
      <button ref={closer} type="button" className="plain wide" onClick={close}>
        关闭相机
      </button>
    </div>
  );
}
