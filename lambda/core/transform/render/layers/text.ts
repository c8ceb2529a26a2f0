import { problem } from '../../../errors.ts';
import type { TextLayer } from '../../plan.ts';
import type { RenderContext } from '../context.ts';
import type { LayerStart } from './open-layer.ts';

export async function openText(_layer: TextLayer, _context: RenderContext): Promise<LayerStart> {
  throw problem('transformation.unsupported', 'Text layers are not supported yet.');
}
