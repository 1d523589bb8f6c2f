import { useState } from "react";
import type { From } from "./position";
import { tilesAround } from "./tiles";

interface LayerProps {
  from: From;
  reach: number;
  half: number;
  layers: string[];
  /** None of the tiles came. */
  failed: () => void;
}

/** Two pixels of a tile for one of the picture: phones' screens are fine. */
const PIXELS = 720;

/** A licensed map below the picture's pins. A tile that doesn't come leaves its place to the drawing. */
export function TileLayer({ from, reach, half, layers, failed }: LayerProps) {
  const [lost, lose] = useState<ReadonlySet<string>>(new Set());
  const tiles = tilesAround(from, reach, half, layers, PIXELS);
  const drop = (key: string) => {
    const now = new Set(lost).add(key);
    lose(now);
    if (tiles.every((tile) => now.has(tile.key))) failed();
  };
  return (
    <g>
      {tiles
        .filter((tile) => !lost.has(tile.key))
        .flatMap((tile) =>
          tile.addresses.map((address) => (
            <image
              key={address}
              href={address}
              x={tile.x.toFixed(2)}
              y={tile.y.toFixed(2)}
              width={(tile.width + 0.3).toFixed(2)}
              height={(tile.height + 0.3).toFixed(2)}
              preserveAspectRatio="none"
              onError={() => drop(tile.key)}
            />
          )),
        )}
    </g>
  );
}
