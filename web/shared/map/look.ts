import styles from "maplibre-gl/dist/maplibre-gl.css?url";

let there: Promise<void> | undefined;

/** How MapLibre's maps look, loaded once. As an import of a map's it would not be asked for again where it once didn't come. */
export function look(): Promise<void> {
  there ??= styled(styles).catch((error) => {
    there = undefined;
    throw error;
  });
  return there;
}

function styled(href: string): Promise<void> {
  return new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = () => done();
    link.onerror = () => {
      link.remove();
      failed(new Error(href));
    };
    document.head.append(link);
  });
}
