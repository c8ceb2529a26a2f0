import { problem } from '../../../../lambda/core/kernel/problems.ts';
import { readPlan } from '../../../../lambda/core/plan/read-plan.ts';
import type { Rendered } from '../../../../lambda/core/render/render.ts';
import { render } from '../../../../lambda/core/render/render.ts';

/** Carries out a transformation as it stands in a URL, as PNG; its layers are made of some assets. */
export async function drawUrl(
  transformation: string,
  source: Uint8Array,
  assets: Readonly<Record<string, Uint8Array>> = {},
): Promise<Rendered> {
  const plan = readPlan(`${transformation}:f-png`.split(':').map((step) => step.split(',')));
  return render(source, plan, 'plain', async (path) => {
    const bytes = assets[path];
    if (!bytes) throw problem('asset.not-found', `The layer's file ${path} does not exist.`);
    return bytes;
  });
}

/** A text layer's input, whatever characters the text has. */
export const input = (text: string): string => `ie-${encodeURIComponent(Buffer.from(text).toString('base64'))}`;
