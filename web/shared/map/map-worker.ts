// MapLibre's own work beside the page, as one plain script: so it runs in browsers that know no modules in workers, too.
import "./young";
import "maplibre-gl/dist/maplibre-gl-worker.mjs";
