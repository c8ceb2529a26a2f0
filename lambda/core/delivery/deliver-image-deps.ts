import type { EncodingBudget } from '../../contract/encoding-budget.ts';
import type { Stopwatch } from '../kernel/clock.ts';
import type { Report } from '../kernel/report.ts';
import type { CheckAccess } from '../protection/check-access.ts';
import type { CeilingEnd } from '../protection/spend-ceiling/spend-ceiling.ts';
import type { AdmitUrlDeps } from './admit-url.ts';
import type { QueueInvalidation, TagUse } from './cache-tags.ts';
import type { CurrencyDeps } from './delivery-job.ts';
import type { OriginalReader } from './original-reader.ts';
import type { RenderImage, SanitiseSvg } from './render-image.ts';
import type { VariantDependencies, VariantStore, WholePictures } from './variant-store.ts';

/** What the answer to a media request needs from outside. */
export interface DeliverImageDeps extends AdmitUrlDeps, CurrencyDeps {
  readonly originals: OriginalReader;
  readonly variants: VariantStore;
  /** The region is not the file's own: what is made is answered and never stored. */
  readonly storesNothing?: true;
  readonly dependencies: VariantDependencies;
  readonly tagUse: TagUse;
  readonly queueInvalidation: QueueInvalidation;
  readonly checkAccess: CheckAccess;
  /** Notes that a key signed a URL; may leave out what was noted a moment ago. */
  readonly noteKey: (keyId: string, now: number) => Promise<void>;
  /** Whether an address may have one more picture made; asking counts. */
  readonly mayRender: (address: string) => boolean;
  /** Whether the account spends too much to have pictures made. */
  readonly ceilingEnd: CeilingEnd;
  /** What may stand for a picture that is not made over the ceiling. @default nothing does */
  readonly wholePictures?: WholePictures;
  readonly render: RenderImage;
  /** What stored pictures may cost beyond their first answers. */
  readonly encoding: EncodingBudget;
  readonly sanitiseSvg: SanitiseSvg;
  readonly now: Stopwatch;
  readonly report: Report;
}
