import { ENVIRONMENT } from '../../contract/environment.ts';

/** US dollars a month. @returns undefined where there is no ceiling of spending */
export function configuredCeiling(): number | undefined {
  const dollars = process.env[ENVIRONMENT.spendCeiling];
  return dollars === undefined ? undefined : Number(dollars);
}
