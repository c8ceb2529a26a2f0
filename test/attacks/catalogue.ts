import { ACCESS_CASES } from './access-cases.ts';
import type { AttackCase } from './attack-case.ts';
import { AUDIT_CASES } from './audit-cases.ts';
import { CACHE_CASES } from './cache-cases.ts';
import { EVENT_CASES } from './event-cases.ts';
import { FAULT_CASES } from './fault-cases.ts';
import { HEADER_CASES } from './header-cases.ts';
import { IMAGE_CASES } from './image-cases.ts';
import { INJECTION_CASES } from './injection-cases.ts';
import { PATH_CASES } from './path-cases.ts';
import { RACE_CASES } from './race-cases.ts';
import { RATE_CASES } from './rate-cases.ts';
import { REGION_CASES } from './region-cases.ts';
import { RIGHTS_CASES } from './rights-cases.ts';
import { SIGN_IN_CASES } from './sign-in-cases.ts';
import { SIGNATURE_CASES } from './signature-cases.ts';
import { SSRF_CASES } from './ssrf-cases.ts';
import { SUPPLY_CASES } from './supply-cases.ts';
import { SVG_CASES } from './svg-cases.ts';
import { TRANSFORMATION_CASES } from './transformation-cases.ts';
import { UPLOAD_CASES } from './upload-cases.ts';

/** Every attack that is run. */
export const ATTACKS: readonly AttackCase[] = [
  ...PATH_CASES,
  ...TRANSFORMATION_CASES,
  ...IMAGE_CASES,
  ...SVG_CASES,
  ...CACHE_CASES,
  ...HEADER_CASES,
  ...INJECTION_CASES,
  ...SSRF_CASES,
  ...ACCESS_CASES,
  ...SIGNATURE_CASES,
  ...UPLOAD_CASES,
  ...RACE_CASES,
  ...EVENT_CASES,
  ...FAULT_CASES,
  ...SIGN_IN_CASES,
  ...RIGHTS_CASES,
  ...REGION_CASES,
  ...AUDIT_CASES,
  ...RATE_CASES,
  ...SUPPLY_CASES,
];
