import type { Check } from './check.ts';
import { twoReadings } from './checks/01-two-readings.ts';
import { ageOnHits } from './checks/02-age-on-hits.ts';
import { order } from './checks/03-order.ts';
import { longHeader } from './checks/04-long-header.ts';
import { status400FallsBack } from './checks/05-400-falls-back.ts';
import { status403FallsBack } from './checks/06-403-falls-back.ts';
import { spreadOfInvalidations } from './checks/07-spread-of-invalidations.ts';
import { spreadOfSettings } from './checks/08-spread-of-settings.ts';
import { spreadOfRules } from './checks/09-spread-of-rules.ts';
import { processorTime } from './checks/10-processor-time.ts';
import { errorsOfTheApi } from './checks/11-errors-of-the-api.ts';
import { status429IsNotKept } from './checks/12-429-is-not-kept.ts';
import { status431OfApiGateway } from './checks/13-431-of-api-gateway.ts';
import { backup } from './checks/backup.ts';
import { cloudFrontQuotas } from './checks/cloudfront-quotas.ts';
import { keyValueStore } from './checks/key-value-store.ts';
import { lambdaConcurrency } from './checks/lambda-concurrency.ts';
import { lastDaysCost } from './checks/last-days-cost.ts';
import { pictures } from './checks/pictures.ts';
import { signatureEnd } from './checks/signature-end.ts';
import { tagQuota } from './checks/tag-quota.ts';
import { uploadsOfAnySize } from './checks/uploads-of-any-size.ts';

/** Everything that the doctor looks at, in the order of the report. Those with a number are assumptions of docs/local-cloud.md. */
export const CHECKS: readonly Check[] = [
  twoReadings,
  ageOnHits,
  order,
  longHeader,
  status400FallsBack,
  status403FallsBack,
  spreadOfInvalidations,
  spreadOfSettings,
  spreadOfRules,
  processorTime,
  errorsOfTheApi,
  status429IsNotKept,
  status431OfApiGateway,
  pictures,
  signatureEnd,
  uploadsOfAnySize,
  lambdaConcurrency,
  cloudFrontQuotas,
  keyValueStore,
  tagQuota,
  backup,
  lastDaysCost,
];
