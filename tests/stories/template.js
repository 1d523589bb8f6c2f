// Loads the demo once, before the stories.
import { loadTemplate } from "./program.js";

await loadTemplate();
