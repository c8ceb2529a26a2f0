import { inject } from 'vitest';
import { sigv4Signer } from '../../lambda/adapters/signed-http/sigv4.lean.ts';
import { MEDIA_URL_HEADER } from '../../lambda/contract/edge.ts';
import { type Credentials, REGION } from './clients.ts';
import { callApi } from './deployed-api.ts';
import { ROOT } from './ministack.ts';
import { type Answer, sendToHost } from './send-to-host.ts';

/** No width, no DPR, no Save-Data. */
const NO_HINTS = '0_0_0';

/**
 * Asks the transformer's function URL for a picture, as CloudFront does: the path is the variant's, and a header has what
 * the viewer asked for.
 * @param path of the media URL
 * @param credentials signs; null for a call without signature
 */
export async function sendToTransformer(path: string, credentials: Credentials | null = ROOT): Promise<Answer> {
  const { outputs } = inject('deployment').region;
  const mediaHost = new URL(inject('deployment').edge.outputs.MediaUrl ?? '').host;
  const host = outputs.TransformerHost ?? '';
  const asked = Buffer.from(path).toString('base64');
  const headers = { [MEDIA_URL_HEADER]: `${asked}.${NO_HINTS}.${mediaHost}` };
  const request = { method: 'GET', path: await variantPathOf(`https://${mediaHost}${path}`), headers };
  if (credentials === null) return sendToHost(host, request);
  const sign = sigv4Signer({ ...credentials, region: REGION, service: 'lambda' });
  return sendToHost(host, { ...request, headers: sign({ ...request, host }, new Date()) });
}

async function variantPathOf(url: string): Promise<string> {
  const { body } = await callApi({ method: 'GET', path: `/v1/explain?url=${encodeURIComponent(url)}` });
  return `/${(body as { readonly variantKey: string }).variantKey}`;
}
