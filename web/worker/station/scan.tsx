import { useEffect, useRef, useState } from "react";

/** What the browser may bring along to read QR codes; not every phone has it. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type Make = new (options: { formats: string[] }) => Detector;

const maker = (): Make | undefined => (window as unknown as { BarcodeDetector?: Make }).BarcodeDetector;

/** Whether this phone can read codes by its camera. */
export const canScan = () => maker() !== undefined && navigator.mediaDevices?.getUserMedia !== undefined;

/** Reads one code by the camera. */
export function Scan({ done, close }: { done: (text: string) => void; close: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, tell] = useState("");
  const found = useRef(done);
  found.current = done;
  useEffect(() => {
    const Maker = maker();
    if (!Maker) return;
    let stream: MediaStream | undefined;
    let over = false;
    const look = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        if (over || !video.current) return;
        video.current.srcObject = stream;
        await video.current.play();
        const detector = new Maker({ formats: ["qr_code"] });
        while (!over && video.current) {
          const [code] = await detector.detect(video.current);
          if (code) return found.current(code.rawValue);
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      } catch {
        if (!over) tell("打不开相机，请允许使用相机，或改为输入到站码。");
      } finally {
        for (const track of stream?.getTracks() ?? []) track.stop();
      }
    };
    look();
    return () => {
      over = true;
    };
  }, []);
  return (
    <div className="scan">
      <video ref={video} muted playsInline aria-label="相机画面" />
      {trouble && (
        <p className="note bad" role="alert">
          {trouble}
        </p>
      )}
      <button type="button" className="plain wide" onClick={close}>
        关闭相机
      </button>
    </div>
  );
}
