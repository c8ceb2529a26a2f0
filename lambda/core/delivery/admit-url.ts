import type { Clock } from '../kernel/clock.ts';
import type { ProblemCode } from '../kernel/problems.ts';
import { problem } from '../kernel/problems.ts';
import { hmacSha1 } from '../kernel/url-signature.ts';
import type { AdmittedUrl, MediaAddress, ReadSetting, RefusedUrl } from '../request/judge-url.ts';
import { judgeUrl } from '../request/judge-url.ts';

/** The edge's settings as the transformer knows them, read from the records that they are published from. */
export interface SettingsView {
  readonly read: ReadSetting;
  /** The next read is a fresh one. */
  readonly invalidate: () => void;
}

export interface AdmitUrlDeps {
  readonly settings: SettingsView;
  readonly clock: Clock;
}

const CODES = {
  400: 'url.malformed',
  401: 'signature.needed',
  414: 'url.too-long',
  503: 'endpoint.paused',
} as const satisfies Record<RefusedUrl['refusal'], ProblemCode>;

/**
 * Judges a URL again that the edge let through. The edge may have newer settings than this function's memory, so a
 * refusal is decided on fresh ones. Refused URLs seldom come this far.
 * @throws Problem url.malformed, url.too-long, signature.needed or endpoint.paused
 */
export async function admitUrl({ settings, clock }: AdmitUrlDeps, address: MediaAddress): Promise<AdmittedUrl> {
  const judge = () => judgeUrl(settings.read, address, Math.floor(clock() / 1000), hmacSha1);
  let judged = await judge();
  if (judged.refusal === 401 || judged.refusal === 503) {
    settings.invalidate();
    judged = await judge();
  }
  if (judged.refusal !== undefined) throw problem(CODES[judged.refusal], judged.reason);
  return judged;
}
