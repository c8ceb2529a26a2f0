import { keepFont, knowsFonts } from '../content/kept-fonts.ts';
import { openDrawing, sanitiseSvg } from '../content/svg/drawing.ts';
import { serveJobs } from '../core/transform/render/isolated/serve-jobs.ts';
import { beIsolated } from '../core/transform/render/isolation.ts';

/** No function of its own: the process that functions start for what can run long or is dangerous. */
beIsolated({ openDrawing, keepFont });
serveJobs(sanitiseSvg, knowsFonts);
