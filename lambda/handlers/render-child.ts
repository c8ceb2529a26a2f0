import { beIsolated } from '../core/render/isolated/isolation.ts';
import { serveJobs } from '../core/render/isolated/serve-jobs.ts';
import { keepFont, knowsFonts } from '../formats/fonts/kept-fonts.ts';
import { openDrawing, sanitiseSvg } from '../formats/svg/drawing.ts';

/** No function of its own: the process that functions start for what can run long or is dangerous. */
beIsolated({ openDrawing, keepFont });
serveJobs(sanitiseSvg, knowsFonts);
